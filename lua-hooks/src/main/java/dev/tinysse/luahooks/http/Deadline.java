package dev.tinysse.luahooks.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The time at which a response must be there, if there is one. */
final class Deadline {

    private final Optional<Duration> time;
    private final long start = System.nanoTime();

    Deadline(Optional<Duration> time) {
        this.time = time;
    }

    /**
     * Begins something and waits for the result. It is not begun if the time is over already, and cancelled if it takes too
     * long or the thread is interrupted.
     */
    <T> T await(Supplier<CompletableFuture<T>> work) throws ExecutionException, InterruptedException, TimeoutException {
        long left = left();
        CompletableFuture<T> result = work.get();
        boolean done = false;
        try {
            T value = result.get(left, TimeUnit.NANOSECONDS);
            done = true;
            return value;
        } finally {
            if (!done) {
                result.cancel(true);
            }
        }
    }

    private long left() throws TimeoutException {
        if (time.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long left = time.get().toNanos() - (System.nanoTime() - start);
        if (left <= 0) {
            throw new TimeoutException();
        }
        return left;
    }
}
