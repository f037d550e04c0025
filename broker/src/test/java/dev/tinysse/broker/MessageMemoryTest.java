package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.delivery.MemoryLimits;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.RetryDelay;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames that a {@code message} hook creates for each stream are limited. */
@Timeout(60)
class MessageMemoryTest {
    private static final int LENGTH = 1000;
    private static final int STREAMS = 40;
    private static final int BIG = 600_000;

    private final AtomicInteger calls = new AtomicInteger();
    private final Semaphore waits = new Semaphore(0);
    @SuppressWarnings("NullAway.Init") // each test creates its own
    private Rig rig;

    /** Makes a new message of each. */
    private record Changing(AtomicInteger calls, Semaphore waits) implements Hooks {
        @Override
        public Set<Hook> defined() {
            return EnumSet.of(Hook.MESSAGE);
        }

        @Override
        public Message message(Publication publication, Subscription subscription) {
            if (publication.message().data().orElseThrow().startsWith("wait")) {
                Broker.aboutToWait();
                waits.acquireUninterruptibly();
            }
            calls.incrementAndGet();
            return Message.of(publication.message().data().orElseThrow() + "!");
        }
    }

    private void use(long made, long held) {
        BrokerConfig config = new BrokerConfig(256, Duration.ZERO, Duration.ZERO, RetryDelay.of(Duration.ZERO),
                Duration.ZERO, 1, false, false);
        rig = new Rig(config, TextFormat.PLAIN, new Changing(calls, waits), new MemoryLimits(made, held));
    }

    private List<Client> subscribe(int streams) throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            clients.add(rig.subscribe());
        }
        return clients;
    }

    @AfterEach
    void close() throws IOException {
        waits.release(100_000);
        rig.close();
    }

    @Test
    void shouldDeliverEverythingInParts() throws IOException {
        use(3 * LENGTH, 1 << 30);
        List<Client> clients = subscribe(STREAMS);
        for (int i = 0; i < 20; i++) {
            rig.publish(i + "x".repeat(LENGTH));
        }
        for (Client client : clients) {
            assertThat(client.lines(20)).isEqualTo(
                    DeliveryTest.numbers(0, 20).stream().map(number -> number + "x".repeat(LENGTH) + "!").toList());
        }
    }

    @Test
    void shouldDeliverEverythingInPartsAlsoWhenAllCallsWait() throws IOException {
        use(3 * LENGTH, 1 << 30);
        List<Client> clients = subscribe(STREAMS);
        for (int i = 0; i < 10; i++) {
            rig.publish("wait" + i + "x".repeat(LENGTH));
        }
        await().until(() -> waits.getQueueLength() == STREAMS);
        waits.release(10 * STREAMS);
        for (Client client : clients) {
            assertThat(client.lines(10)).isEqualTo(DeliveryTest.numbers(0, 10).stream()
                    .map(number -> "wait" + number + "x".repeat(LENGTH) + "!").toList());
        }
    }

    @Test
    void shouldSendWhatWasMadeBeforeACallWaits() throws IOException {
        use(1 << 20, 1 << 30);
        Client client = rig.subscribe();
        rig.publish("wait for the next two, which then are in one batch");
        await().until(() -> waits.getQueueLength() == 1);
        rig.publish("first");
        rig.publish("wait again");
        waits.release();
        assertThat(client.line()).startsWith("wait for");
        assertThat(client.line()).isEqualTo("first!");
    }

    @Test
    void shouldMakeNothingMoreForAStreamThatDoesNotTake() throws IOException {
        use(1 << 20, 1 << 30);
        Client stalled = rig.subscribe();
        rig.publish("x".repeat(20_000_000));
        await().until(() -> rig.publish("behind").queued() > 1);
        Client other = rig.subscribe();
        int before = calls.get();
        for (int i = 0; i < 50; i++) {
            rig.publish("y");
            assertThat(other.line()).isEqualTo("y!");
        }
        assertThat(calls.get() - before).isEqualTo(50);
        assertThat(stalled.hasEnded()).isFalse();
    }

    @Test
    void shouldCutOffWhoHoldsMoreThanThereIsRoomFor() throws IOException {
        use(1 << 20, 2 * BIG + LENGTH);
        List<Client> stalled = subscribe(3);
        String big = "x".repeat(20 * BIG);
        try (LogLines log = new LogLines()) {
            rig.publish(big);
            await().until(() -> log.with("reason=memory-limit").size() == 2);
            rig.publish("next");
            Client left = stalled.stream().filter(client -> !client.hasEnded()).findFirst().orElseThrow();
            assertThat(left.line()).hasSize(big.length() + 1);
            assertThat(left.line()).isEqualTo("next!");
            assertThat(rig.broker.lost()).isEqualTo(2);
        }
    }

    @Test
    void shouldCountTheReplaysThatClientsDoNotTake() throws IOException {
        use(1 << 20, BIG);
        Message replay = Message.of("x".repeat(20 * BIG));
        Client first = rig.open().goLive(replay);
        rig.open().goLive(replay);
        assertThat(first.end()).isEqualTo(Client.CLOSED);
    }
}
