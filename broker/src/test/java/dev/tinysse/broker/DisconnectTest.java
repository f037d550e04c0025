package dev.tinysse.broker;

import static dev.tinysse.broker.DeliveryTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamFilter;
import dev.tinysse.broker.stream.BrokerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that are disconnected while messages are on their way to them. */
@Timeout(60)
class DisconnectTest {
    private static final StreamEnd ALL = new StreamEnd(StreamFilter.ALL, true);
    private static final int CAPACITY = 1000;
    @SuppressWarnings("NullAway.Init") // each test creates its own
    private Rig rig;

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void shouldEndBehindWhatWasPublishedBefore() throws IOException {
        rig = new Rig(Rig.config(CAPACITY));
        for (int round = 0; round < 10; round++) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                clients.add(rig.subscribe());
            }
            rig.publishNumbers(0, 200);
            assertThat(rig.broker.directory().end(ALL)).isEqualTo(40);
            for (Client client : clients) {
                assertThat(client.lines(200)).isEqualTo(numbers(0, 200));
                assertThat(client.line()).isEqualTo("stop");
                assertThat(client.end()).isEqualTo(Client.RELEASED);
            }
        }
    }

    @Test
    void shouldWaitForTheMessageHookAndSendNothingThatIsPublishedLater() throws IOException {
        Semaphore inside = new Semaphore(0);
        Semaphore permits = new Semaphore(0);
        rig = new Rig(Rig.config(CAPACITY), new WaitingHook(inside, permits));
        Client client = rig.subscribe();
        rig.publish("0");
        inside.acquireUninterruptibly();
        rig.publishNumbers(1, 30);
        assertThat(rig.broker.directory().end(ALL)).isEqualTo(1);
        rig.publish("later");
        permits.release(CAPACITY);
        assertThat(client.lines(30)).isEqualTo(numbers(0, 30));
        assertThat(client.line()).isEqualTo("stop");
        assertThat(client.end()).isEqualTo(Client.RELEASED);
        assertThat(rig.publish("nobody").subscribers()).isZero();
    }

    /** A stream for which the {@code message} hook waits, with another message behind that. */
    private Client waitingInHook(BrokerConfig config, Semaphore permits) throws IOException {
        Semaphore inside = new Semaphore(0);
        rig = new Rig(config, new WaitingHook(inside, permits));
        Client client = rig.subscribe();
        rig.publish("0");
        inside.acquireUninterruptibly();
        rig.publish("1");
        return client;
    }

    @Test
    void shouldNotCountAStreamThatIsBeingDisconnected() throws IOException {
        Semaphore permits = new Semaphore(0);
        waitingInHook(Rig.config(CAPACITY), permits);
        assertThat(rig.broker.channels().disconnect(_ -> true)).isEqualTo(1);
        assertThat(rig.broker.channels().subscribers()).isZero();
        assertThat(rig.publish("later").subscribers()).isZero();
        permits.release(CAPACITY);
    }

    @Test
    void shouldDisconnectInTimeAlthoughTheMessageHookWaits() throws IOException {
        Semaphore permits = new Semaphore(0);
        Client client = waitingInHook(Rig.config(CAPACITY), permits);
        assertThat(rig.broker.directory().end(ALL)).isEqualTo(1);
        rig.pass(Duration.ofSeconds(1));
        assertThat(client.line()).isEqualTo("stop");
        assertThat(client.end()).isEqualTo(Client.RELEASED);
        assertThat(rig.broker.lost()).isEqualTo(2);
        permits.release(CAPACITY);
    }

    @Test
    void shouldTimeOutInTimeAlthoughTheMessageHookWaits() throws IOException {
        Semaphore permits = new Semaphore(0);
        Duration timeout = Duration.ofMinutes(1);
        Client client = waitingInHook(Rig.timed(CAPACITY, Duration.ZERO, timeout, Duration.ZERO), permits);
        rig.pass(timeout);
        await().until(() -> rig.publish("later").subscribers() == 0); // the stream is about to end
        rig.pass(Duration.ofSeconds(1));
        assertThat(client.line()).isEqualTo("timeout 7000");
        assertThat(client.end()).isEqualTo(Client.RELEASED);
        assertThat(rig.broker.lost()).isGreaterThanOrEqualTo(2);
        permits.release(CAPACITY);
    }
}
