package dev.tinysse.broker.dispatch;

/** A stream that joins the streams with the same channels. */
public interface SubscribeEvent extends FanOutEvent {
    /**
     * It has joined: what is committed from now on comes to its fan-out thread behind it. Called under the {@link Dispatcher}'s lock.
     *
     * @param interest its channels
     * @param position up to which nothing comes
     */
    void joined(Interest interest, long position);
}
