package dev.tinysse.broker;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Counts a stream as open until its owner has heard of its end. */
record CountedOwner(StreamOwner owner, InFlight open) implements StreamOwner {
    @Override
    public void closed() {
        try {
            owner.closed();
        } finally {
            open.end();
        }
    }

    @Override
    public void released(SocketChannel channel, ByteBuffer received) {
        try {
            owner.released(channel, received);
        } finally {
            open.end();
        }
    }
}
