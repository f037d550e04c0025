package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MessageHookTest {
    @SuppressWarnings("NullAway.Init") // each test creates its own
    private Rig rig;

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    /** A script that has this function alone. */
    private record MessageHook(BiFunction<Message, String, Message> function) implements Hooks {
        @Override
        public Set<Hook> defined() {
            return EnumSet.of(Hook.MESSAGE);
        }

        @Override
        public Message message(Publication publication, Subscription subscription) {
            return function.apply(publication.message(), subscription.request().path());
        }
    }

    private void hook(BiFunction<Message, String, Message> function) {
        hook(1000, function);
    }

    private void hook(int capacity, BiFunction<Message, String, Message> function) {
        rig = new Rig(Rig.config(capacity), new MessageHook(function));
    }

    private Client subscribe(String name) throws IOException {
        Client client = rig.open(Subscription.of(new Request("GET", name, name, "", "127.0.0.1", 1, Map.of())))
                .goLive();
        client.linesUntil(Rig.HEAD);
        return client;
    }

    private static void waitFor(Semaphore semaphore) {
        Broker.aboutToWait();
        semaphore.acquireUninterruptibly();
    }

    private static String data(Message message) {
        return message.data().orElseThrow();
    }

    @Test
    void shouldDeliverWhatTheHookPasses() throws IOException {
        hook((message, name) -> message);
        List<Client> clients = List.of(subscribe("a"), subscribe("b"), subscribe("c"));
        rig.publishNumbers(0, 500);
        for (Client client : clients) {
            assertThat(client.lines(500)).isEqualTo(DeliveryTest.numbers(0, 500));
        }
    }

    @Test
    void shouldDeliverWhatTheHookMakesOfAMessageForEachStream() throws IOException {
        hook((message, name) -> Message.of(name + " " + data(message)));
        Client a = subscribe("a");
        Client b = subscribe("b");
        rig.publish("x");
        assertThat(a.line()).isEqualTo("a x");
        assertThat(b.line()).isEqualTo("b x");
    }

    @Test
    void shouldSkipAStreamForWhichTheHookReturnsNothing() throws IOException {
        hook((message, name) -> data(message).startsWith(name) ? message : Message.EMPTY);
        Client a = subscribe("a");
        Client b = subscribe("b");
        rig.publish("a1");
        rig.publish("b1");
        rig.publish("a2");
        assertThat(a.lines(2)).containsExactly("a1", "a2");
        assertThat(b.line()).isEqualTo("b1");
    }

    @Test
    void shouldSkipADeliveryWhoseHookFails() throws IOException {
        hook((message, name) -> switch (data(message)) {
            case "throws" -> throw new HookException("as the test wants it");
            case "dies" -> throw new StackOverflowError("as the test wants it");
            case "returns null" -> null;
            default -> message;
        });
        Client client = subscribe("a");
        rig.publish("throws");
        rig.publish("dies");
        rig.publish("returns null");
        rig.publish("passes");
        assertThat(client.line()).isEqualTo("passes");
    }

    @Test
    void shouldSkipDeliveriesThatTheHooksRefuseToMake() throws IOException {
        AtomicInteger batches = new AtomicInteger();
        rig = new Rig(Rig.config(1000), new Hooks() {
            @Override
            public Set<Hook> defined() {
                return EnumSet.of(Hook.MESSAGE);
            }

            @Override
            public void batch(Runnable calls) {
                if (batches.incrementAndGet() == 1) {
                    throw new HookException("as the test wants it");
                }
                calls.run();
            }
        });
        Client client = subscribe("a");
        rig.publish("skipped");
        await().until(() -> batches.get() == 1);
        rig.publish("passes");
        assertThat(client.line()).isEqualTo("passes");
    }

    @Test
    void shouldDeliverToOthersWhileACallWaits() throws IOException {
        Semaphore mayReturn = new Semaphore(0);
        hook((message, name) -> {
            if (name.equals("waiting")) {
                waitFor(mayReturn);
            }
            return message;
        });
        List<Client> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(subscribe("other"));
        }
        Client waiting = subscribe("waiting");
        for (int i = 0; i < 5; i++) {
            others.add(subscribe("other"));
        }
        rig.publishNumbers(0, 100);
        for (Client client : others) {
            assertThat(client.lines(100)).isEqualTo(DeliveryTest.numbers(0, 100));
        }
        mayReturn.release(100);
        assertThat(waiting.lines(100)).isEqualTo(DeliveryTest.numbers(0, 100));
    }

    @Test
    void shouldLoseNothingForAHookThatIsSlowerThanThePublisher() throws Exception {
        hook(50, (message, name) -> {
            for (int i = 0; i < 5000; i++) {
                Thread.onSpinWait();
            }
            return message;
        });
        List<Client> clients = List.of(subscribe("a"), subscribe("b"), subscribe("c"));
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> read = new ArrayList<>();
            clients.forEach(client -> read.add(readers.submit(() -> client.lines(2000))));
            rig.publishNumbers(0, 2000);
            for (Future<List<String>> lines : read) {
                assertThat(lines.get()).isEqualTo(DeliveryTest.numbers(0, 2000));
            }
        }
    }

    @Test
    void shouldMakeNoPublisherWaitForACallThatWaits() throws IOException {
        Semaphore mayReturn = new Semaphore(0);
        hook(10, (message, name) -> {
            waitFor(mayReturn);
            return message;
        });
        Client client = subscribe("a");
        rig.publishNumbers(0, 100);
        mayReturn.release(100);
        List<String> lines = client.linesUntil("99");
        assertThat(lines).startsWith("0").endsWith("90", "91", "92", "93", "94", "95", "96", "97", "98");
    }

    @Test
    void shouldGoOnBehindAWaitingCallOfTheOnlyStream() throws IOException {
        hook((message, name) -> {
            Broker.aboutToWait();
            return message;
        });
        Client client = subscribe("a");
        rig.publishNumbers(0, 100);
        assertThat(client.lines(100)).isEqualTo(DeliveryTest.numbers(0, 100));
    }

    @Test
    void shouldLetAllCallsWaitAtOnce() throws IOException {
        CountDownLatch all = new CountDownLatch(300);
        hook((message, name) -> {
            Broker.aboutToWait();
            all.countDown();
            try {
                all.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return message;
        });
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            clients.add(subscribe("a"));
        }
        rig.publish("x");
        for (Client client : clients) {
            assertThat(client.line()).isEqualTo("x");
        }
    }

    @Test
    void shouldKeepTheOrderOfAStreamWhateverItsCallsWaitFor() throws IOException {
        hook((message, name) -> {
            if (data(message).hashCode() % 3 == 0) {
                Broker.aboutToWait();
                Thread.yield();
                Broker.aboutToWait();
            }
            return message;
        });
        List<Client> clients = List.of(subscribe("a"), subscribe("b"), subscribe("c"), subscribe("d"));
        rig.publishNumbers(0, 800);
        for (Client client : clients) {
            assertThat(client.lines(800)).isEqualTo(DeliveryTest.numbers(0, 800));
        }
    }

    @Test
    void shouldEndAStreamWhileItsCallWaits() throws IOException {
        Semaphore mayReturn = new Semaphore(0);
        Semaphore inside = new Semaphore(0);
        hook((message, name) -> {
            inside.release();
            waitFor(mayReturn);
            return message;
        });
        Client client = subscribe("a");
        rig.publish("x");
        inside.acquireUninterruptibly();
        client.close();
        assertThat(client.end()).isEqualTo(Client.CLOSED);
        mayReturn.release(10);
        Client next = subscribe("b");
        rig.publish("y");
        assertThat(next.line()).isEqualTo("y");
    }

    @Test
    void shouldAskForEachStreamOnlyOnce() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        hook((message, name) -> {
            calls.incrementAndGet();
            if (name.equals("a")) {
                Broker.aboutToWait();
            }
            return message;
        });
        Client a = subscribe("a");
        Client b = subscribe("b");
        rig.publishNumbers(0, 200);
        a.lines(200);
        b.lines(200);
        assertThat(calls).hasValue(400);
    }
}
