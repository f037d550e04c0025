package dev.tinysse.broker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The channels of streams that have ended, on their way back to the owners. One thread only.
 *
 * <p>A channel cannot be made blocking again before the selector has let go of it, which it does in the round after the one in
 * which the stream ended.
 */
final class ReturningChannels {
    private final Queue<Stream> streams = new ArrayDeque<>();

    /** Has the selector let go of the channel of a stream that has ended. */
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
            Stream stream = streams.remove();
            try {
                stream.channel.configureBlocking(true);
                stream.owner.released(stream.channel, stream.received);
            } catch (IOException e) {
                stream.owner.closed();
            }
        }
    }
}
