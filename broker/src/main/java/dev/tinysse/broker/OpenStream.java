package dev.tinysse.broker;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Message;
import java.util.List;
import java.util.Optional;

/**
 * A stream that has been opened and is still catching up. Safe for any thread. Exactly one of {@link #goLive} and {@link #replay} is
 * to be called, once, also for a client that has gone meanwhile; its {@code unsubscribe} comes only then.
 */
public interface OpenStream {
    /** {@return why history cannot send all that follows the client's last event id; empty if it can, or without history} */
    Optional<GapReason> gap();

    /**
     * Replays messages to the subscriber, then sends those published since the stream was opened, then live ones.
     *
     * @param replay the messages to replay, in order; an id in it is not sent again from what was published meanwhile
     */
    void goLive(List<Message> replay);

    /** Replays the stored messages after the last event id of the subscriber, then sends live ones: without gaps or duplicates. */
    void replay();
}
