package dev.tinysse.broker.log;

import java.time.Duration;
import java.util.Optional;

/** One node for the others. Safe for any thread; {@link #state}, {@link #told} and {@link #gone} are called by one at a time. */
public interface Peer {
    /**
     * The report of this node for the others. Requested about twice per second.
     *
     * @return the state; nothing if it is the one that was returned last
     */
    Optional<byte[]> state();

    /**
     * Another node has told its state.
     *
     * @param node the same text for one run of a node, and for no other
     * @param state what its {@link #state} returned
     */
    void told(String node, byte[] state);

    /**
     * Another node is gone.
     *
     * @param node which
     * @param silence for how long nothing has been heard of it
     */
    void gone(String node, Duration silence);

    /**
     * Another node asks. May wait for fan-out threads.
     *
     * @param question what that node gave to {@link Peers#ask}
     * @return the answer
     */
    byte[] answer(byte[] question);
}
