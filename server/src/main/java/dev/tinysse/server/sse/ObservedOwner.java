package dev.tinysse.server.sse;

import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamEnding;
import dev.tinysse.broker.stream.StreamOwner;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The owner of a stream of which somebody wants to know how it was.
 *
 * @param owner of the stream
 * @param observer is called at the end
 */
record ObservedOwner(StreamOwner owner, Consumer<StreamEnding> observer) implements StreamOwner {
    @Override
    public void ended(StreamEnding ending) {
        observer.accept(ending);
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
