package dev.tinysse.luahooks.sqlite;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that statements run in: as many as databases are at work at once, and none a few seconds later. */
final class Workers {

    private static final int IDLE_SECONDS = 5;
    private static final ExecutorService THREADS = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS,
            TimeUnit.SECONDS, new SynchronousQueue<>(), Thread.ofPlatform().daemon().name("sqlite-", 0).factory());

    private Workers() {}

    static <T> Future<T> submit(Callable<T> work) {
        return THREADS.submit(work);
    }
}
