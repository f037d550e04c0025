package dev.tinysse.broker.delivery;

import dev.tinysse.broker.progress.InFlight;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The channels of streams that have ended, on their way back to the owners. One thread only.
 *
 * <p>A channel cannot be made blocking again before the selector has let go of it, which it does in the round after the one in
 * which the stream ended.
 */
final class ReturningChannels {
    private static final Logger LOG = System.getLogger("tinysse");

    private final Queue<Stream> streams = new ArrayDeque<>();
    private final InFlight open;

    /**
     * No channels.
     *
     * @param open the streams whose owners have not been notified of their end
     */
    ReturningChannels(InFlight open) {
        this.open = open;
    }

    /** Takes the channel of a stream that has ended out of the selector. */
    void add(Stream stream) {
        stream.key.cancel();
        streams.add(stream);
    }

    /** How many wait. */
    int size() {
        return streams.size();
    }

    /** Hands so many channels back to their owners, those that were added first. */
    void handBack(int count) {
        for (int i = 0; i < count; i++) {
            try {
                handBack(streams.remove());
            } finally {
                open.end();
            }
        }
    }

    private static void handBack(Stream stream) {
        try {
            stream.channel.socket().configureBlocking(true);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "channel cannot be handed back", e);
            stream.owner.closed();
            return;
        }
        try {
            stream.owner.channelReturned(stream.channel, stream.received);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "owner did not take its channel back: " + e, e);
        }
    }
}
