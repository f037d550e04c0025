package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of random operations, and a model of what each stream must have been sent. */
@Timeout(120)
class StressTest {
    private static final int OPERATIONS = 10_000;
    private static final int STREAMS = 40;

    /** The messages of a stream: all numbers from one on that are divisible by its own. */
    private record Subscriber(Client client, int divisor, int from) {
        List<String> expected(int to) {
            return DeliveryTest.numbers(from, to).stream().filter(number -> Integer.parseInt(number) % divisor == 0)
                    .toList();
        }
    }

    /** Lets a number pass to streams that divide it; now and then a call waits. */
    private record Divisors(Set<Hook> defined, AtomicInteger gone) implements Hooks {
        @Override
        public Message message(Publication publication, Subscription subscription) {
            int number = Integer.parseInt(publication.message().data().orElseThrow());
            if (number % 97 == 0) {
                Broker.aboutToWait();
                Thread.yield();
            }
            return number % Integer.parseInt(subscription.request().path()) == 0
                    ? publication.message()
                    : Message.EMPTY;
        }

        @Override
        public void unsubscribe(Subscription subscription) {
            gone.incrementAndGet();
        }
    }

    private final Random random = new Random(20);
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<List<String>> ends = Collections.synchronizedList(new ArrayList<>());
    private int opened;
    private int published;

    private void run(Divisors hooks, int maxDivisor) throws Exception {
        try (Rig rig = new Rig(Rig.config(2 * OPERATIONS), hooks)) {
            for (int i = 0; i < OPERATIONS; i++) {
                operation(rig, maxDivisor);
            }
            List<Thread> readers = subscribers.stream().map(this::reader).toList();
            assertThat(rig.broker.drain(Duration.ofSeconds(60)).isComplete()).isTrue();
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(ends).allMatch(List::isEmpty).hasSize(subscribers.size());
            assertThat(rig.broker.streams()).isZero();
            await().until(() -> hooks.gone.get() == opened);
        }
    }

    /** Leaves an empty list if the stream brought what it should. */
    private Thread reader(Subscriber subscriber) {
        return Thread.startVirtualThread(() -> {
            List<String> lines = subscriber.client.linesUntil("stop");
            List<String> expected = new ArrayList<>(List.of(Rig.HEAD));
            expected.addAll(subscriber.expected(published));
            ends.add(lines.equals(expected) ? List.of() : lines);
        });
    }

    private void operation(Rig rig, int maxDivisor) throws IOException {
        int which = random.nextInt(100);
        if (which < 80) {
            rig.publish(Integer.toString(published++));
        } else if (which < 90 && subscribers.size() < STREAMS) {
            int divisor = 1 + random.nextInt(maxDivisor);
            String name = Integer.toString(divisor);
            Client client = rig.open(Subscription.of(new Request("GET", name, name, "", "127.0.0.1", 1, Map.of())))
                    .goLive();
            subscribers.add(new Subscriber(client, divisor, published));
            opened++;
        } else if (subscribers.size() > STREAMS / 2) {
            Client leaving = subscribers.remove(random.nextInt(subscribers.size())).client;
            switch (random.nextInt(3)) {
                case 0 -> leaving.close();
                case 1 -> leaving.reset();
                default -> leaving.channel.shutdownOutput();
            }
        }
    }

    @Test
    void shouldSendEachStreamWhatItsModelSays() throws Exception {
        run(new Divisors(EnumSet.of(Hook.UNSUBSCRIBE), new AtomicInteger()), 1);
    }

    @Test
    void shouldSendEachStreamWhatItsModelSaysThroughTheHook() throws Exception {
        run(new Divisors(EnumSet.of(Hook.UNSUBSCRIBE, Hook.MESSAGE), new AtomicInteger()), 5);
    }
}
