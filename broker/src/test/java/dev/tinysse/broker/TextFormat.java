package dev.tinysse.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Message;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.PresenceChange;
import dev.tinysse.broker.stream.StreamFormat;

/** A message is its data on a line, so that tests can read what was sent. */
public record TextFormat(String keepAliveText) implements StreamFormat {
    public static final TextFormat PLAIN = new TextFormat("keep-alive");

    @Override
    public byte[] message(Message message) {
        return line(message.data().orElse(""));
    }

    @Override
    public byte[] envelope(String channel, Message message) {
        return line(channel + " " + message.data().orElse(""));
    }

    @Override
    public byte[] gap(Gap gap) {
        return line("gap " + gap.reason() + gap.channels());
    }

    @Override
    public byte[] presence(PresenceChange change) {
        return line(
                (change.joined() ? "join " : "leave ") + change.channel() + " " + change.sub() + " " + change.count());
    }

    @Override
    public byte[] caughtUp() {
        return line("caught up");
    }

    @Override
    public byte[] keepAlive() {
        return line(keepAliveText);
    }

    @Override
    public byte[] timeout(long retryMillis) {
        return line("timeout " + retryMillis);
    }

    @Override
    public byte[] expired(long retryMillis) {
        return line("expired " + retryMillis);
    }

    @Override
    public byte[] stop(long retryMillis) {
        return line("stop");
    }

    @Override
    public byte[] end() {
        return line("end");
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(UTF_8);
    }
}
