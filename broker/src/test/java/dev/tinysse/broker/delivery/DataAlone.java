package dev.tinysse.broker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Message;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.PresenceChange;
import dev.tinysse.broker.stream.StreamFormat;

/** A format in which a message is its data and nothing else. */
final class DataAlone implements StreamFormat {
    static final StreamFormat FORMAT = new DataAlone();

    private DataAlone() {}

    @Override
    public byte[] message(Message message) {
        return message.data().orElse("").getBytes(UTF_8);
    }

    @Override
    public byte[] envelope(String channel, Message message) {
        return message(message);
    }

    @Override
    public byte[] gap(Gap gap) {
        return new byte[0];
    }

    @Override
    public byte[] presence(PresenceChange change) {
        return new byte[0];
    }

    @Override
    public byte[] caughtUp() {
        return new byte[0];
    }

    @Override
    public byte[] keepAlive() {
        return new byte[0];
    }

    @Override
    public byte[] timeout(long retryMillis) {
        return new byte[0];
    }

    @Override
    public byte[] expired(long retryMillis) {
        return new byte[0];
    }

    @Override
    public byte[] stop(long retryMillis) {
        return new byte[0];
    }

    @Override
    public byte[] end() {
        return new byte[0];
    }
}
