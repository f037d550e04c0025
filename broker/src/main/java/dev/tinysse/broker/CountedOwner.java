package dev.tinysse.broker;

import dev.tinysse.broker.counters.InFlight;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamEnding;
import dev.tinysse.broker.stream.StreamOwner;
import java.nio.ByteBuffer;
import java.util.Optional;

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
    public void channelReturned(StreamChannel channel, ByteBuffer received) {
        try {
            owner.channelReturned(channel, received);
        } finally {
            open.end();
        }
    }

    @Override
    public Optional<String> client() {
        return owner.client();
    }
}
