package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.stream.BrokerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a stream ends, one line of the log says why, and what a client had not taken is counted if it was cut off. */
@Timeout(60)
class StreamEndsTest {
    private static final Duration NEVER = Duration.ZERO;
    private static final Duration SOON = Duration.ofMillis(100);
    private static final int BIG = 100_000;
    private static final int PUBLISHED = 60;

    private final LogLines log = new LogLines();
    private Rig rig = new Rig(Rig.config(16));

    @AfterEach
    void close() throws IOException {
        rig.close();
        log.close();
    }

    private void use(BrokerConfig config) throws IOException {
        rig.close();
        rig = new Rig(config);
    }

    /** A slow consumer that waits for messages that the ring no longer holds. */
    private Client behind() throws IOException {
        Client client = rig.subscribe();
        for (int i = 0; i < PUBLISHED; i++) {
            rig.publish("x".repeat(BIG));
        }
        await().until(() -> rig.publish("").queued() > 1);
        return client;
    }

    private void assertLine(String level, String what) {
        await().until(() -> !log.with("stream ended").isEmpty() || !log.with("stream closed").isEmpty());
        assertThat(log.with("stream ").stream().filter(line -> line.contains("reason="))).singleElement().asString()
                .startsWith(level + " stream " + what + " ").contains("client=127.0.0.1:");
    }

    private static int whole(Client client) {
        int lines = 0;
        try {
            while (client.line() instanceof String line && (line.length() == BIG || line.isEmpty())) {
                lines++;
            }
        } catch (UncheckedIOException e) {
            // a connection that is cut off may be reset
        }
        return lines;
    }

    @Test
    void shouldSayThatAStreamIsOpened() throws IOException {
        rig.subscribe();
        assertThat(log.with("stream opened: client=127.0.0.1:")).singleElement().asString().startsWith("FINE ");
    }

    @Test
    void shouldSayThatTheClientLeft() throws IOException {
        rig.subscribe().close();
        assertLine("FINE", "ended: reason=client-left");
    }

    @Test
    void shouldCountNothingAsLostByAClientThatLeaves() throws IOException {
        Client client = behind();
        client.channel.shutdownOutput();
        assertThat(client.end()).isEqualTo(Client.CLOSED);
        assertLine("FINE", "ended: reason=client-left");
        assertThat(rig.broker.lost()).isZero();
    }

    @Test
    void shouldSayThatTheClientReset() throws IOException {
        rig.subscribe().reset();
        assertLine("FINE", "ended: reason=client-reset");
        assertThat(rig.broker.lost()).isZero();
    }

    @Test
    void shouldCountWhatAClientHadNotTakenThatResetsWhileItIsBehind() throws IOException {
        behind().reset();
        assertLine("INFO", "closed: reason=client-reset");
        assertThat(rig.broker.lost()).isPositive();
    }

    @Test
    void shouldCountWhatAClientHadNotTakenThatDoesNotRead() throws IOException {
        use(Rig.timed(16, NEVER, NEVER, SOON));
        Client client = rig.subscribe();
        for (int i = 0; i < PUBLISHED; i++) {
            rig.publish("x".repeat(BIG));
        }
        rig.passUntilEnd(client, SOON);
        assertLine("INFO", "closed: reason=slow-consumer");
        assertThat(whole(client) + rig.broker.lost()).isEqualTo(PUBLISHED);
        assertThat(log.with("undelivered=" + rig.broker.lost() + " ")).hasSize(1);
    }

    @Test
    void shouldSayThatAClientSendsTooMuch() throws IOException {
        rig.subscribe().send("x".repeat(40_000));
        assertLine("INFO", "closed: reason=sends-too-much");
    }

    @Test
    void shouldSayThatTheTimeIsUp() throws IOException {
        use(Rig.timed(16, NEVER, SOON, NEVER));
        rig.subscribe();
        rig.pass(SOON);
        assertLine("FINE", "ended: reason=timeout");
    }

    @Test
    void shouldSayThatTheTimeIsUpForAClientThatDoesNotRead() throws IOException {
        use(Rig.timed(16, NEVER, SOON, NEVER));
        behind();
        rig.pass(SOON);
        assertLine("INFO", "closed: reason=timeout-slow-consumer");
        assertThat(rig.broker.lost()).isPositive();
    }

    @Test
    void shouldSayThatTheServerStops() throws Exception {
        rig.subscribe();
        rig.broker.drain(Duration.ofSeconds(30));
        assertLine("FINE", "ended: reason=stop");
    }

    @Test
    void shouldSayThatAStreamHadNotEverythingAtTheStop() throws Exception {
        Client client = rig.subscribe();
        for (int i = 0; i < PUBLISHED; i++) {
            rig.publish("x".repeat(BIG));
        }
        assertThat(rig.broker.drain(Duration.ofMillis(1))).isEqualTo(new DrainResult(1, 0));
        assertLine("INFO", "closed: reason=stop-unfinished");
        assertThat(whole(client) + rig.broker.lost()).isEqualTo(PUBLISHED);
    }

    @Test
    void shouldSayThatAStreamFailed() throws IOException {
        rig.close();
        rig = new Rig(Rig.timed(16, SOON, NEVER, NEVER), new FailingFormat(new AtomicInteger(1), AssertionError::new),
                Rig.noHooks());
        rig.subscribe();
        rig.pass(SOON);
        assertLine("INFO", "closed: reason=failed");
    }
}
