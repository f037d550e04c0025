package dev.tinysse.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Operations of hooks on channels and streams, without HTTP. Safe for any thread, also within a hook; a call that publishes
 * or reads history may wait, and says so itself to {@link HookContext#aboutToWait}. Without {@code --channels} there is one
 * channel, {@link ChannelName#DEFAULT}.
 */
public interface Channels {
    /**
     * The result of a published message.
     *
     * @param queued messages of its channel that some stream has not taken yet, this one included; 0 without streams
     * @param subscribers streams that it is for
     * @param id the id that goes out with it; empty if it has none
     */
    record Published(int queued, int subscribers, Optional<String> id) {}

    /**
     * A channel that has a stream.
     *
     * @param name of the channel
     * @param subscribers streams that a message there would be for, at least 1
     */
    record ChannelInfo(String name, int subscribers) {}

    /**
     * A message that history keeps.
     *
     * @param channel where it was published
     * @param message with its id
     * @param time when it was published, in milliseconds since 1970
     */
    record StoredMessage(String channel, Message message, long time) {}

    /**
     * Which messages of a channel are wanted. They come oldest first.
     *
     * @param after those behind the message with this id
     * @param sinceMillis those no older than that, in milliseconds, at least 0
     * @param last at most so many, the newest; 1 to {@value #MAX_LAST}
     */
    record HistoryQuery(Optional<String> after, Optional<Long> sinceMillis, int last) {
        /** The most messages that one query returns. */
        public static final int MAX_LAST = 1000;

        /** Checks the ranges. */
        public HistoryQuery {
            if (last < 1 || last > MAX_LAST) {
                throw new IllegalArgumentException("last must be 1 to %d: last=%d".formatted(MAX_LAST, last));
            }
            if (sinceMillis.isPresent() && sinceMillis.get() < 0) {
                throw new IllegalArgumentException("since must be at least 0: since=" + sinceMillis.get());
            }
        }
    }

    /**
     * Publishes a message; the {@code publish} hook is not called.
     *
     * @param channel its name
     * @param message with at least one field
     * @return what became of it
     * @throws IllegalArgumentException if the message has no field, or the name is none
     * @throws HookException if it cannot be published: the server stops, or its history is full or has failed
     */
    Published publish(String channel, Message message);

    /**
     * Counts streams.
     *
     * @param channel a name
     * @return how many streams a message there would be for
     * @throws IllegalArgumentException if the name is none
     */
    int subscribers(String channel);

    /** {@return how many streams there are, of all channels} */
    int subscribers();

    /**
     * The channels that have a stream, by name; those that streams ask for by patterns alone are not among them.
     *
     * @param prefix with which their names begin; empty for all
     * @return at most 1000
     */
    List<ChannelInfo> list(String prefix);

    /**
     * Reads history.
     *
     * @param channel a name
     * @param query which messages
     * @return the messages, oldest first; empty without history
     * @throws IllegalArgumentException if the name is none
     * @throws HookException if history cannot be read
     */
    List<StoredMessage> history(String channel, HistoryQuery query);

    /**
     * Closes streams, with a {@code retry:}, and calls their {@code unsubscribe}.
     *
     * @param which is called for each stream, on the calling thread; whatever it throws ends the call, and no stream
     * @return how many streams were ended
     */
    int disconnect(Predicate<Subscription> which);
}
