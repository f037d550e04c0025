package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final int MANY = 10_000;

    private final Rig rig = new Rig(Rig.config(MANY));

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void shouldSendTheReplayAndThenWhatWasPublishedMeanwhile() throws IOException {
        Client client = rig.open();
        rig.publish("meanwhile");
        client.goLive(Message.of("replayed 1"), Message.of("replayed 2"));
        rig.publish("live");
        assertThat(client.lines(5)).containsExactly(Rig.HEAD, "replayed 1", "replayed 2", "meanwhile", "live");
    }

    @Test
    void shouldNotSendTwiceWhatTheReplayHadAlready() throws IOException {
        Client client = rig.open();
        rig.publish(Rig.message("1", "one"));
        rig.publish(Rig.message("2", "two"));
        rig.publish(Rig.message("3", "three"));
        rig.publish("without id");
        client.goLive(Rig.message("0", "zero"), Rig.message("1", "one"), Rig.message("2", "two"));
        assertThat(client.lines(6)).containsExactly(Rig.HEAD, "zero", "one", "two", "three", "without id");
    }

    @Test
    void shouldSendAnIdOfTheReplayAgainThatIsPublishedLater() throws IOException {
        Client client = rig.open().goLive(Rig.message("1", "one"));
        client.linesUntil("one");
        rig.publish(Rig.message("1", "one again"));
        assertThat(client.line()).isEqualTo("one again");
    }

    @Test
    void shouldLeaveOutEmptyMessagesOfTheReplay() throws IOException {
        Client client = rig.open().goLive(Message.EMPTY, Message.of("replayed"));
        assertThat(client.lines(2)).containsExactly(Rig.HEAD, "replayed");
    }

    @Test
    void shouldSendAReplayThatIsLargerThanTheClientTakesAtOnce() throws IOException {
        Message[] missed = DeliveryTest.numbers(0, 100).stream().map(number -> Message.of(number + "x".repeat(50_000)))
                .toArray(Message[]::new);
        Client client = rig.open();
        rig.publish("meanwhile");
        client.goLive(missed);
        rig.publish("live");
        assertThat(client.line()).isEqualTo(Rig.HEAD);
        for (Message message : missed) {
            assertThat(client.line()).isEqualTo(message.data().get());
        }
        assertThat(client.lines(2)).containsExactly("meanwhile", "live");
    }

    /** A script that stores each message, and then lets it pass. */
    @Test
    void shouldLeaveNoGapAndNoDuplicateUnderAPublisherAtFullSpeed() throws Exception {
        Store store = new Store();
        try (Rig storing = new Rig(Rig.config(MANY), store)) {
            Thread publisher = Thread.startVirtualThread(() -> DeliveryTest.numbers(0, MANY)
                    .forEach(number -> storing.publish(Rig.message(number, number))));
            List<Client> clients = new ArrayList<>();
            for (int from = 0; from < MANY; from += MANY / 10) {
                while (store.size() < from) {
                    Thread.onSpinWait();
                }
                clients.add(storing.open().goLive(store.all()));
            }
            for (Client client : clients) {
                client.linesUntil(Rig.HEAD);
                assertThat(client.lines(MANY)).isEqualTo(DeliveryTest.numbers(0, MANY));
            }
            publisher.join();
        }
    }

    /** The call that began first is the last to end: the client saw both messages in an order that a script had stored. */
    @Test
    void shouldNotRepeatWhatWasAcceptedBeforeTheMessageThatTheClientHasSeenLast() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (Rig waiting = new Rig(Rig.config(MANY), new Waiting("2", begun, released))) {
            Thread last = Thread.startVirtualThread(() -> waiting.publish(Rig.message("2", "two")));
            begun.await();
            Client client = waiting.open(Subscription.of(Rig.REQUEST).withLastEventId("2"));
            waiting.publish(Rig.message("1", "one"));
            client.goLive();
            released.countDown();
            last.join();
            waiting.publish(Rig.message("3", "three"));
            assertThat(client.lines(2)).containsExactly(Rig.HEAD, "three");
        }
    }

    /** A script that takes its time for one message. */
    private record Waiting(String id, CountDownLatch begun, CountDownLatch released) implements Hooks {
        @Override
        public Set<Hook> defined() {
            return Set.of(Hook.PUBLISH, Hook.CATCHUP);
        }

        @Override
        public Optional<Publication> publish(Publication publication) {
            if (publication.message().id().filter(id::equals).isPresent()) {
                begun.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return Optional.of(publication);
        }
    }

    private static final class Store implements Hooks {
        private final List<Message> stored = new ArrayList<>();

        @Override
        public Set<Hook> defined() {
            return Set.of(Hook.PUBLISH, Hook.CATCHUP);
        }

        @Override
        public synchronized Optional<Publication> publish(Publication publication) {
            stored.add(publication.message());
            return Optional.of(publication);
        }

        synchronized int size() {
            return stored.size();
        }

        synchronized Message[] all() {
            return stored.toArray(Message[]::new);
        }
    }
}
