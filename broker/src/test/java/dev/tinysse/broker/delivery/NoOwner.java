package dev.tinysse.broker.delivery;

import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamOwner;
import java.nio.ByteBuffer;

/** Ignores every notification. */
record NoOwner() implements StreamOwner {
    @Override
    public void closed() {}

    @Override
    public void channelReturned(StreamChannel channel, ByteBuffer received) {}
}
