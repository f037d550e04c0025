package dev.tinysse.server.component;

/** A part of a server, which starts and stops once. One thread calls both methods. */
public interface Component {
    /**
     * Begins its work.
     *
     * @throws StartException if it cannot
     */
    default void start() throws StartException {}

    /**
     * Ends its work, and releases what it has. Called for a component that has not started, too.
     *
     * @param deadline of the stop; a component that waits ends the wait then
     * @throws InterruptedException if the thread is interrupted
     */
    void stop(Deadline deadline) throws InterruptedException;
}
