package dev.tinysse.server.transport.threads;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.function.Supplier;

/**
 * A connection's virtual thread, which may run on an event loop. For that thread alone, but for {@link #start} and
 * {@link #closed}.
 */
public interface ConnectionThread {
    /** Starts it. Any thread. */
    void start(Runnable task);

    /**
     * Waits for the first byte of a request.
     *
     * @throws IOException if the channel has been closed
     */
    void awaitRequest() throws IOException;

    /**
     * Waits until an operation is possible.
     *
     * @param operation of those of {@link SelectionKey}
     * @throws IOException if the channel has been closed
     */
    void await(int operation) throws IOException;

    /** The rest of the request may need much CPU time or wait: it leaves the event loop, so that the loop serves others. */
    void leaveLoop();

    /**
     * Carries out a step that waits for other threads and computes little, in which the thread does not wait for its channel. A thread
     * that is on the event loop stays there.
     *
     * @return what the step returns
     */
    <T> T stayOnLoop(Supplier<T> step);

    /** Runs what waits for the event loop, if that is where the thread runs. */
    void letOthersRun();

    /** Gives the channel back: it is not waited for any more. */
    void release();

    /** The channel has been closed: a thread that waits for it finds that out. Any thread. */
    void closed();
}
