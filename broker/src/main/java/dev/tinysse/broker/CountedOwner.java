package dev.tinysse.broker;

import dev.tinysse.broker.fanout.InFlight;
import dev.tinysse.broker.stream.StreamEnding;
import dev.tinysse.broker.stream.StreamOwner;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Counts a stream as open until its owner has been told of its end. */
record CountedOwner(StreamOwner owner, InFlight open) implements StreamOwner {
    @Override
    public void ended(StreamEnding ending) {
        owner.ended(ending);
    }

    @Override
    public void closed() {
        try {
            owner.closed();
        } finally {
            open.end();
        }
    }

    @Override
    public void channelReturned(SocketChannel channel, ByteBuffer received) {
        try {
            owner.channelReturned(channel, received);
        } finally {
            open.end();
        }
    }
}
