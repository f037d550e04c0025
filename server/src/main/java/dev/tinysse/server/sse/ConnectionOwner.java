package dev.tinysse.server.sse;

import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamOwner;
import dev.tinysse.server.transport.ReturnedChannels;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Returns the channel of a stream that has ended to HTTP, for the client's next request.
 *
 * @param returned takes it
 * @param unread what the client had sent before the stream began, but for the request for it
 * @param client who it is, for the log, unless its socket tells
 * @param ended run at the stream's end
 */
record ConnectionOwner(ReturnedChannels returned, ByteBuffer unread, Optional<String> client, Runnable ended)
        implements
            StreamOwner {
    @Override
    public void closed() {
        ended.run();
    }

    @Override
    public void channelReturned(StreamChannel channel, ByteBuffer received) {
        ended.run();
        ByteBuffer all = ByteBuffer.allocate(unread.remaining() + received.remaining());
        returned.take(channel, all.put(unread).put(received).flip());
    }
}
