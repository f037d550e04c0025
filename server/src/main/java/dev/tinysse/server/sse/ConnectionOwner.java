package dev.tinysse.server.sse;

import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamEnding;
import dev.tinysse.broker.stream.StreamOwner;
import dev.tinysse.server.transport.ReturnedChannels;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Returns the channel of a stream that has ended to HTTP, for the client's next request.
 *
 * @param returned takes it
 * @param unread what the client had sent before the stream began, but for the request for it
 * @param secure whether it speaks TLS
 * @param client who it is, for the log, unless its socket tells
 * @param last whether the client has asked for nothing more
 * @param observer is told how the stream was
 * @param ended run at the stream's end
 */
record ConnectionOwner(ReturnedChannels returned, ByteBuffer unread, boolean secure, Optional<String> client,
        boolean last,
        Consumer<StreamEnding> observer, Runnable ended) implements StreamOwner {
    @Override
    public void ended(StreamEnding ending) {
        observer.accept(ending);
    }

    @Override
    public void closed() {
        ended.run();
    }

    @Override
    public void channelReturned(StreamChannel channel, ByteBuffer received) {
        ended.run();
        if (last) {
            returned.finish(channel);
        } else {
            ByteBuffer all = ByteBuffer.allocate(unread.remaining() + received.remaining());
            returned.resume(channel, secure, all.put(unread).put(received).flip());
        }
    }
}
