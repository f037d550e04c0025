package dev.tinysse.broker.stream;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The party that opened a stream and is told of its end. Exactly one of the methods is called, once, on a fan-out thread. */
public interface StreamOwner {
    /** The stream is gone and its channel closed. */
    void closed();

    /**
     * The stream ended as it should, and its channel is returned to the owner.
     *
     * @param channel open and blocking
     * @param received what the client has sent meanwhile, ready to be read
     */
    void channelReturned(SocketChannel channel, ByteBuffer received);
}
