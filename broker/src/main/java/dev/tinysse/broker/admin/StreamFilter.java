package dev.tinysse.broker.admin;

import dev.tinysse.api.Subscription;
import dev.tinysse.broker.log.ChannelSet;
import java.util.Optional;

/**
 * Which streams an operator means: those that meet all conditions.
 *
 * @param id that of the stream
 * @param channel a channel whose messages the stream gets, or a pattern that it asks for
 * @param sub its user
 */
public record StreamFilter(Optional<StreamId> id, Optional<String> channel, Optional<String> sub) {
    /** Every stream. */
    public static final StreamFilter ALL = new StreamFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** {@return the stream with an id} */
    public static StreamFilter of(StreamId id) {
        return new StreamFilter(Optional.of(id), Optional.empty(), Optional.empty());
    }

    /** {@return whether there is no condition} */
    public boolean isAll() {
        return equals(ALL);
    }

    /**
     * Whether a stream meets the conditions.
     *
     * @param stream its id
     * @param channels that it asks for
     * @param subscription what hooks know about it
     * @return whether it does
     */
    public boolean matches(StreamId stream, ChannelSet channels, Subscription subscription) {
        return id.filter(wanted -> !wanted.equals(stream)).isEmpty()
                && channel.filter(name -> !channels.texts().contains(name) && !channels.contains(name)).isEmpty()
                && (sub.isEmpty() || sub.equals(subscription.user()));
    }
}
