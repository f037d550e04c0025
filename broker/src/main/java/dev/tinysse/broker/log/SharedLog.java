package dev.tinysse.broker.log;

import java.util.List;

/**
 * What only a log has that the nodes of a cluster share: its backend can be unreachable, and it connects the nodes. Safe for any
 * thread.
 */
public interface SharedLog {
    /** {@return the name of this node} */
    String node();

    /**
     * Reports this node to the others from now on, and the others to this node. Called once.
     *
     * @param here this node
     */
    void join(Peer here);

    /**
     * Sends a request to all other nodes that are present.
     *
     * @param request as {@link Peer#respond} reads it
     * @return the responses that arrive in time, a few seconds; perhaps none
     */
    List<byte[]> request(byte[] request);

    /** {@return whether the backend is connected, or has been until a moment ago} */
    boolean isConnected();

    /**
     * Waits until a log that could not be read may be read again.
     *
     * @return whether it may; if not, it will not be before it is opened again
     */
    boolean awaitReadable();

    /** Ends all waiting for the backend, because the server stops. */
    void stopWaiting();

    /**
     * Completes each append that waits for the backend with an error. For a stop whose time is up, before {@link EventLog#close}; later
     * appends are not affected.
     */
    void giveUpAppends();
}
