package dev.tinysse.server.sse;

import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamEnding;
import dev.tinysse.broker.stream.StreamOwner;
import dev.tinysse.server.requests.StreamListener;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The owner of a stream whose end is observed.
 *
 * @param owner of the stream
 * @param listener observes the end
 */
record ObservedOwner(StreamOwner owner, StreamListener listener) implements StreamOwner {
    @Override
    public void ended(StreamEnding ending) {
        listener.ended(ending);
    }

    @Override
    public void closed() {
        owner.closed();
    }

    @Override
    public void channelReturned(StreamChannel channel, ByteBuffer received) {
        owner.channelReturned(channel, received);
    }

    @Override
    public Optional<String> client() {
        return owner.client();
    }
}
