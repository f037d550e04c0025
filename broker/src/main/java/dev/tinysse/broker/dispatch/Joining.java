package dev.tinysse.broker.dispatch;

/** A stream that joins those who ask for the same channels. */
public interface Joining extends Arrival {
    /**
     * It has joined: what is committed from now on comes to its fan-out thread behind it. Called under the {@link Dispatcher}'s lock.
     *
     * @param interest those who ask for the same
     * @param position up to which nothing comes
     */
    void joined(Interest interest, long position);
}
