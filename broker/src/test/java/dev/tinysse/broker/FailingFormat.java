package dev.tinysse.broker;

import dev.tinysse.api.Message;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.PresenceChange;
import dev.tinysse.broker.stream.StreamFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A format of which the first keep-alives fail. */
record FailingFormat(AtomicInteger failures, Supplier<Error> failure) implements StreamFormat {
    @Override
    public byte[] message(Message message) {
        return TextFormat.PLAIN.message(message);
    }

    @Override
    public byte[] envelope(String channel, Message message) {
        return TextFormat.PLAIN.envelope(channel, message);
    }

    @Override
    public byte[] gap(Gap gap) {
        return TextFormat.PLAIN.gap(gap);
    }

    @Override
    public byte[] presence(PresenceChange change) {
        return TextFormat.PLAIN.presence(change);
    }

    @Override
    public byte[] caughtUp() {
        return TextFormat.PLAIN.caughtUp();
    }

    @Override
    public byte[] keepAlive() {
        if (failures.getAndDecrement() > 0) {
            throw failure.get();
        }
        return TextFormat.PLAIN.keepAlive();
    }

    @Override
    public byte[] timeout(long retryMillis) {
        return TextFormat.PLAIN.timeout(retryMillis);
    }

    @Override
    public byte[] expired(long retryMillis) {
        return TextFormat.PLAIN.expired(retryMillis);
    }

    @Override
    public byte[] stop(long retryMillis) {
        return TextFormat.PLAIN.stop(retryMillis);
    }

    @Override
    public byte[] end() {
        return TextFormat.PLAIN.end();
    }
}
