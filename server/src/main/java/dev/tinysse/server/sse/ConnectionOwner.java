package dev.tinysse.server.sse;

import dev.tinysse.broker.StreamOwner;
import dev.tinysse.server.transport.Listener;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Gives the channel of a stream that has ended back to HTTP, for the client's next request. */
record ConnectionOwner(Listener listener, Runnable ended) implements StreamOwner {
    @Override
    public void closed() {
        ended.run();
    }

    @Override
    public void released(SocketChannel channel, ByteBuffer received) {
        ended.run();
        listener.resume(channel, received);
    }
}
