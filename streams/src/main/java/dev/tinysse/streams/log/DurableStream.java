package dev.tinysse.streams.log;

import dev.tinysse.streams.model.ReadStart;
import dev.tinysse.streams.model.Resolved;
import java.time.Duration;

/**
 * A stream to read. It stays what it is when the stream is deleted, also if there is another one of the same name then. Any thread may
 * call any method.
 */
public interface DurableStream {
    /** {@return the stream as it is now} */
    StreamView view();

    /** Begins its TTL again. */
    void touch();

    /**
     * The position at which a reader requests to begin.
     *
     * @return it; a position inside a message of JSON was never issued
     */
    Resolved resolve(ReadStart start);

    /**
     * Reads.
     *
     * @param from position, at most the tail
     * @param max bytes; one message of JSON may have more
     * @param ends whether the page has the ends of appends
     */
    Page read(long from, int max, boolean ends);

    /**
     * Waits until there are bytes behind a position, or the stream is closed or gone, or the log drains, and as long as that at most.
     * The stream does not expire meanwhile.
     *
     * @param position at most the tail
     * @throws InterruptedException if the thread is interrupted
     */
    void await(long position, Duration limit) throws InterruptedException;

    /** {@return whether the log drains} */
    boolean isDraining();

    /**
     * Watches for the end of the stream: it is closed or gone, or the log drains.
     *
     * @param ended is run once, soon after; it does not wait for anything
     * @return ends the watch; afterwards {@code ended} does not run any more
     */
    Watch watch(Runnable ended);

    /** A watch that can be ended. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
