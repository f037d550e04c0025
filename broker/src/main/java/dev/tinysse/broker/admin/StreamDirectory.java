package dev.tinysse.broker.admin;

import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.presence.PresentUser;
import java.util.List;

/**
 * The streams and channels there are, for operators: those of one node or of all. Safe for any thread; calls wait for fan-out threads,
 * and perhaps for other nodes, but hold up no delivery.
 */
public interface StreamDirectory {
    /** {@return a page of the open streams} */
    StreamPage streams(StreamQuery query);

    /**
     * Ends streams, as a script does that disconnects them, each behind what was published for it before. They have ended for
     * publishers when this returns, but for those whose messages are on their way through the {@code message} hook; their clients see it
     * soon.
     *
     * @return how many
     */
    int end(StreamEnd which);

    /**
     * Lists channels.
     *
     * @return a page of those that have a stream or history
     * @throws LogException if the log cannot be read now
     */
    ChannelPage channels(ChannelQuery query) throws LogException;

    /**
     * Looks at one channel.
     *
     * @return how it is; one without streams and history has zeros
     * @throws LogException if the log cannot be read now
     */
    ChannelInfo channel(String name) throws LogException;

    /** {@return the users who get the messages of a channel, also by a pattern, by name; those without a stream are not among them} */
    List<PresentUser> present(String channel);
}
