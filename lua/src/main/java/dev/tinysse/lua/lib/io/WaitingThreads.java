package dev.tinysse.lua.lib.io;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Platform threads for reads and writes that take as long as somebody else likes. On a virtual thread they would keep
 * its carrier, of which there are as many as processors. There are as many as are waiting at once, and none some seconds later.
 */
public final class WaitingThreads {
    private static final int IDLE_SECONDS = 5;
    private static final ExecutorService THREADS = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS,
            TimeUnit.SECONDS, new SynchronousQueue<>(), Thread.ofPlatform().daemon().name("lua-io-", 0).factory());

    private WaitingThreads() {}

    /**
     * Runs {@code work} and waits for its end. A thread that is interrupted meanwhile leaves at once.
     *
     * @throws Exception what {@code work} throws
     */
    public static <T> T run(Callable<T> work) throws Exception {
        Future<T> result = THREADS.submit(work);
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception thrown ? thrown : e;
        }
    }
}
