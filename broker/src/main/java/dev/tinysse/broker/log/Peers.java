package dev.tinysse.broker.log;

import java.util.List;

/** The other nodes of a cluster, as far as the log that connects them can reach them. Safe for any thread. */
public interface Peers {
    /**
     * Tells the others about this node from now on, and this node about them. Called once.
     *
     * @param here this node
     */
    void join(Peer here);

    /**
     * Asks all others that are there.
     *
     * @param question as {@link Peer#answer} reads it
     * @return the answers that came in time, a few seconds; perhaps none
     */
    List<byte[]> ask(byte[] question);
}
