package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
        client.goLive(Message.of("missed 1"), Message.of("missed 2"));
        rig.publish("live");
        assertThat(client.lines(5)).containsExactly(Rig.HEAD, "missed 1", "missed 2", "meanwhile", "live");
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
        Client client = rig.open().goLive(Message.EMPTY, Message.of("missed"));
        assertThat(client.lines(2)).containsExactly(Rig.HEAD, "missed");
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

    /** A store that every message goes to before it is published, as a publish hook would do it. */
    @Test
    void shouldLeaveNoGapAndNoDuplicateUnderAPublisherAtFullSpeed() throws Exception {
        List<Message> store = new ArrayList<>();
        AtomicInteger stored = new AtomicInteger();
        Thread publisher = Thread.startVirtualThread(() -> {
            for (String number : DeliveryTest.numbers(0, MANY)) {
                Message message = Rig.message(number, number);
                synchronized (store) {
                    store.add(message);
                }
                stored.incrementAndGet();
                rig.publish(message);
            }
        });
        List<Client> clients = new ArrayList<>();
        for (int from = 0; from < MANY; from += MANY / 10) {
            while (stored.get() < from) {
                Thread.onSpinWait();
            }
            Client client = rig.open();
            synchronized (store) {
                client.goLive(store.toArray(Message[]::new));
            }
            clients.add(client);
        }
        for (Client client : clients) {
            client.linesUntil(Rig.HEAD);
            assertThat(client.lines(MANY)).isEqualTo(DeliveryTest.numbers(0, MANY));
        }
        publisher.join();
    }
}
