package dev.tinysse.broker.log;

import java.time.Duration;
import java.util.Optional;

/**
 * One node for the others. Safe for any thread; {@link #state}, {@link #reported} and {@link #gone} are called by one thread at a time.
 */
public interface Peer {
    /**
     * The report of this node for the others. Requested about twice per second.
     *
     * @return the state; empty if it is the one that was returned last
     */
    Optional<byte[]> state();

    /**
     * Another node has reported its state.
     *
     * @param node the same text for one run of a node, and for no other
     * @param state the result of its {@link #state}
     */
    void reported(String node, byte[] state);

    /**
     * Another node is gone.
     *
     * @param node its text
     * @param silence how long it has not reported
     */
    void gone(String node, Duration silence);

    /**
     * Responds to another node. May wait for fan-out threads.
     *
     * @param request the parameter of that node's {@link SharedLog#request}
     * @return the response
     */
    byte[] respond(byte[] request);
}
