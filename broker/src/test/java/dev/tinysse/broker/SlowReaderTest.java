package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loopback takes a few hundred kilobytes before a slow consumer is detected. */
class SlowReaderTest {
    private static final String BIG = "x".repeat(100_000);
    private static final int ENOUGH = 60;
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration NEVER = Duration.ZERO;

    @SuppressWarnings("NullAway.Init") // each test creates its own
    private Rig rig;

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void shouldLoseExactlyTheOldestBeyondTheCapacity() throws IOException {
        rig = new Rig(Rig.config(10));
        Client slow = rig.subscribe();
        rig.publish("x".repeat(20_000_000));
        await().until(() -> rig.publish("first").queued() == 1);
        rig.publishNumbers(0, 30);
        slow.line();
        assertThat(slow.lines(10)).isEqualTo(DeliveryTest.numbers(20, 30));
        assertThat(rig.broker.lost()).isEqualTo(21);
        rig.publish("next");
        assertThat(slow.line()).isEqualTo("next");
    }

    @Test
    void shouldNotHoldUpAnyOtherStream() throws IOException {
        rig = new Rig(Rig.config(16));
        for (int i = 0; i < 4; i++) {
            rig.subscribe();
        }
        Client reading = rig.subscribe();
        for (int i = 0; i < 2 * ENOUGH; i++) {
            rig.publish(BIG);
            assertThat(reading.line()).hasSize(BIG.length());
        }
    }

    @Test
    void shouldCutOffAClientThatDoesNotRead() throws IOException {
        rig = new Rig(Rig.timed(16, NEVER, NEVER, SHORT));
        Client stalled = rig.subscribe();
        for (int i = 0; i < ENOUGH; i++) {
            rig.publish(BIG);
        }
        assertThat(rig.passUntilEnd(stalled, SHORT)).isEqualTo(Client.CLOSED);
    }

    @Test
    void shouldKeepAClientThatReadsAgainInTime() throws IOException {
        rig = new Rig(Rig.timed(100_000, Duration.ofMillis(50), NEVER, Duration.ofMillis(500)));
        Client client = rig.subscribe();
        for (int i = 0; i < 50_000; i++) {
            rig.publish("");
        }
        for (int i = 0; i < 50_000; i++) {
            client.line();
        }
        // far longer than the write timeout
        for (int i = 0; i < 30; i++) {
            rig.pass(Duration.ofMillis(50));
            assertThat(client.line()).isEqualTo("keep-alive");
        }
        assertThat(client.hasEnded()).isFalse();
    }

    @Test
    void shouldGoOnWithKeepAlivesWhenAStalledClientReadsAgain() throws IOException {
        rig = new Rig(Rig.timed(1000, Duration.ofMillis(20), NEVER, Duration.ofMinutes(5)));
        Client client = rig.subscribe();
        rig.publish("x".repeat(20_000_000));
        rig.publish("last");
        // meanwhile a keep-alive comes due that cannot be sent
        Client other = rig.subscribe();
        for (int i = 0; i < 5; i++) {
            rig.pass(Duration.ofMillis(20));
            assertThat(other.line()).isEqualTo("keep-alive");
        }
        client.linesUntil("last");
        rig.pass(Duration.ofMillis(20));
        assertThat(client.line()).isEqualTo("keep-alive");
    }

    @Test
    void shouldNoticeThatAStalledClientHasGone() throws IOException {
        rig = new Rig(Rig.timed(16, NEVER, NEVER, Duration.ofMinutes(5)));
        Client stalled = rig.subscribe();
        for (int i = 0; i < ENOUGH; i++) {
            rig.publish(BIG);
        }
        stalled.reset();
        assertThat(stalled.end()).isEqualTo(Client.CLOSED);
    }
}
