package dev.tinysse.broker;

import dev.tinysse.api.Message;
import java.util.List;

/** A stream that has been opened and is still catching up. Safe for any thread. */
public interface OpenStream {
    /**
     * Sends what the subscriber has missed, then what was published since the stream was opened, then what is published. To
     * be called exactly once, also for a client that has gone meanwhile; its {@code unsubscribe} comes only then.
     *
     * @param replay what was missed, in order; an id in it is not sent again from what was published meanwhile
     */
    void goLive(List<Message> replay);
}
