package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.publish.PublishReply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HooksOf hooks = new HooksOf();
    private final Rig rig = new Rig(Rig.config(1 << 20), hooks);

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void shouldEndEveryStreamBehindAllThatWasPublished() throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(rig.subscribe());
        }
        rig.publishNumbers(0, 200);
        assertThat(rig.broker.drain(LONG).isComplete()).isTrue();
        for (Client client : clients) {
            assertThat(client.linesUntil("stop")).isEqualTo(DeliveryTest.numbers(0, 200));
            assertThat(client.end()).isEqualTo(Client.RELEASED);
        }
        assertThat(hooks.count()).isEqualTo(20);
    }

    @Test
    void shouldLoseNothingThatWasAcknowledgedUnderAPublisherAtFullSpeed() throws Exception {
        List<Client> clients = List.of(rig.subscribe(), rig.subscribe(), rig.subscribe());
        AtomicInteger acknowledged = new AtomicInteger();
        List<List<String>> received = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Client client : clients) {
            List<String> lines = new ArrayList<>();
            received.add(lines);
            threads.add(Thread.startVirtualThread(() -> lines.addAll(client.linesUntil("stop"))));
        }
        threads.add(Thread.startVirtualThread(() -> {
            int number = 0;
            while (rig.offer(Message.of(Integer.toString(number))) instanceof PublishReply.Completed) {
                number++;
                acknowledged.set(number);
            }
        }));
        while (acknowledged.get() < 2000) {
            Thread.onSpinWait();
        }
        assertThat(rig.broker.drain(LONG).isComplete()).isTrue();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(received).allMatch(DeliveryTest.numbers(0, acknowledged.get())::equals);
    }

    @Test
    void shouldCutOffAClientThatDoesNotReadAndTellTheHook() throws Exception {
        Client stalled = rig.subscribe();
        Client reading = rig.subscribe();
        Thread reader = Thread.startVirtualThread(() -> reading.linesUntil("stop"));
        rig.publish("x".repeat(20_000_000));
        assertThat(rig.broker.drain(Duration.ofSeconds(3)).isComplete()).isFalse();
        assertThat(stalled.hasEnded()).isTrue();
        assertThat(hooks.count()).isEqualTo(2);
        reader.join();
    }

    @Test
    void shouldTellTheHookOfEveryStreamAlsoWithoutAnyTime() throws Exception {
        for (int i = 0; i < 50; i++) {
            rig.subscribe();
        }
        rig.broker.drain(Duration.ZERO);
        assertThat(hooks.count()).isEqualTo(50);
    }

    @Test
    void shouldTellAStreamOfTheEndThatIsStillCatchingUp() throws Exception {
        Client late = rig.open();
        rig.publish("x");
        assertThat(rig.broker.drain(Duration.ZERO)).isEqualTo(new DrainResult(1, 0));
        assertThat(late.lines(2)).containsExactly(Rig.HEAD, "stop");
        assertThat(late.end()).isEqualTo(Client.RELEASED);
        assertThat(rig.broker.lost()).isEqualTo(1);
        assertThat(hooks.count()).isEqualTo(1);
    }

    @Test
    void shouldEndAStreamThatBecomesLiveMeanwhile() throws Exception {
        Client late = rig.open();
        rig.publish("meanwhile");
        Thread draining = Thread.startVirtualThread(() -> {
            try {
                rig.broker.drain(LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        late.goLive(Message.of("missed"));
        assertThat(late.lines(4)).containsExactly(Rig.HEAD, "missed", "meanwhile", "stop");
        draining.join();
    }

    @Test
    void shouldWaitForAHookThatHasBegun() throws Exception {
        try (Rig slow = new Rig(Rig.timed(256, Duration.ZERO, Duration.ofMillis(50), Duration.ZERO),
                new HooksOf(() -> OptionalLong.of(1)))) {
            Client client = slow.subscribe();
            slow.pass(Duration.ofMillis(50));
            client.linesUntil("timeout 1");
            assertThat(slow.broker.drain(LONG).isComplete()).isTrue();
        }
    }

    @Test
    void shouldNotWaitForWhoAsksForAStreamAfterTheOthers() throws Exception {
        AtomicReference<Broker> asked = new AtomicReference<>();
        Hooks asking = new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of(Hook.UNSUBSCRIBE);
            }

            @Override
            public void unsubscribe(Subscription subscription) {
                var _ = Objects.requireNonNull(asked.get()).opening(); // refused, and not over yet
            }
        };
        try (Rig busy = new Rig(Rig.config(1 << 20), asking)) {
            asked.set(busy.broker);
            busy.subscribe();
            busy.publish("x".repeat(20_000_000)); // which the client does not read
            assertThat(busy.broker.drain(Duration.ZERO).hooksLeft()).isZero();
        }
    }

    @Test
    void shouldCountPublishesThatHaveBegunAndNotEnded() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Hooks waiting = new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of(Hook.PUBLISH);
            }

            @Override
            public Optional<Publication> publish(Publication publication) {
                asked.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Optional.of(publication);
            }
        };
        try (Rig busy = new Rig(Rig.config(16), waiting)) {
            assertThat(busy.broker.awaitPublishes(Duration.ZERO)).isZero();
            Thread publisher = Thread.startVirtualThread(() -> busy.publish("x"));
            asked.await();
            assertThat(busy.broker.awaitPublishes(Duration.ZERO)).isEqualTo(1);
            release.countDown();
            assertThat(busy.broker.awaitPublishes(LONG)).isZero();
            publisher.join();
        }
    }

    @Test
    void shouldTakeNothingMore() throws Exception {
        rig.broker.drain(LONG);
        assertThat(rig.offer(Message.of("late")))
                .isEqualTo(PublishReply.Failure.STOPPING);
    }
}
