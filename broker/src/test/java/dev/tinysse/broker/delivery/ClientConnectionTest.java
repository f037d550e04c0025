package dev.tinysse.broker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.PlainChannel;
import dev.tinysse.broker.stream.RetryDelay;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConnectionTest {
    private static final Publication PUBLICATION = Publication
            .of(new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of()), Message.of("message;"));
    private static final BrokerConfig CONFIG = new BrokerConfig(16, Duration.ZERO, Duration.ZERO,
            RetryDelay.of(Duration.ZERO), Duration.ZERO, 1, false, false);

    private final Entry message = new Entry(new LogRecord(1, 0, PUBLICATION, Optional.empty()), PUBLICATION,
            "message;".getBytes(UTF_8));
    private final TestChannel channel = new TestChannel(length -> {
        int taken = Math.min(length, this.room);
        this.room -= taken;
        return taken;
    });
    private final TestKey key = new TestKey(channel);
    private final ClientConnection connection = new ClientConnection(
            new DeliveryContext(CONFIG, DataAlone.FORMAT,
                    new MemoryLog(new LogConfig(0, Duration.ZERO, 0, InstantSource.system())), new LongAdder(),
                    Long.MAX_VALUE, () -> 0),
            new PlainChannel(channel), false, Optional.empty(), 0);
    private int room = Integer.MAX_VALUE;

    @BeforeEach
    void watch() {
        connection.watch(key);
    }

    private String taken() {
        return new String(channel.taken(), UTF_8);
    }

    private boolean waitsForRoom() {
        return (key.interestOps() & SelectionKey.OP_WRITE) != 0;
    }

    @Test
    void shouldSendAMessageFromTheHookBehindWhatStillWaits() throws IOException {
        room = 4;
        connection.send("keep-alive;".getBytes(UTF_8));
        connection.addDecided(message, message.frame, false);
        room = 100;
        connection.flush();
        assertThat(taken()).isEqualTo("keep-alive;message;");
    }

    @Test
    void shouldSendWhatIsNoMessageWithoutAQueueWhereNothingWaits() throws IOException {
        connection.send("keep-alive;".getBytes(UTF_8));
        assertThat(taken()).isEqualTo("keep-alive;");
        assertThat(connection.isFree()).isTrue();
        assertThat(connection.messages()).isZero();
    }

    @Test
    void shouldGoOnInTheMiddleOfWhatIsNoMessage() throws IOException {
        room = 4;
        connection.send("keep-alive;".getBytes(UTF_8));
        assertThat(waitsForRoom()).isTrue();
        assertThat(connection.waitingMessages()).isZero();
        connection.add(message);
        room = 100;
        connection.flush();
        assertThat(taken()).isEqualTo("keep-alive;message;");
        assertThat(connection.messages()).isEqualTo(1);
    }

    @Test
    void shouldSendWhatIsNoMessageBehindWhatWaits() throws IOException {
        connection.add(message);
        room = 4;
        connection.flush();
        connection.send("keep-alive;".getBytes(UTF_8));
        room = 100;
        connection.flush();
        assertThat(taken()).isEqualTo("message;keep-alive;");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_536, 65_537, 200_000})
    void shouldSendAllOfWhatIsNoMessageHoweverLongItIs(int length) throws IOException {
        connection.send("x".repeat(length).getBytes(UTF_8));
        assertThat(taken()).hasSize(length);
        assertThat(waitsForRoom()).isFalse();
    }
}
