package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The messages of clients that reconnect or fall behind. */
@Timeout(120)
class HistoryTest {
    private static final int MANY = 5000;

    private Rig rig = Rig.withHistory(16, 100_000);

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private void use(Rig other) throws IOException {
        close();
        rig = other;
    }

    @Test
    void shouldSendWhatWasPublishedBehindTheLastEventAndThenWhatIsPublished() throws IOException {
        rig.publish("a", "zero");
        String seen = rig.publish("a", "one").id().orElseThrow();
        rig.publish("a", "two");
        rig.publish("b", "other");
        rig.publish("a", "three");
        Client client = rig.comeBack(seen, "a");
        rig.publish("a", "four");
        assertThat(client.lines(3)).containsExactly("two", "three", "four");
    }

    @Test
    void shouldReplayThousandsOfMessagesInOrder() throws IOException {
        String seen = rig.publish("a", "first").id().orElseThrow();
        for (String number : DeliveryTest.numbers(0, MANY)) {
            rig.publish("a", number);
        }
        Client client = rig.comeBack(seen, "a");
        assertThat(client.lines(MANY)).isEqualTo(DeliveryTest.numbers(0, MANY));
    }

    @Test
    void shouldTellOfAGapFirst() throws IOException {
        use(Rig.withHistory(16, 3));
        String seen = rig.publish("a", "seen").id().orElseThrow();
        for (String number : DeliveryTest.numbers(0, 5)) {
            rig.publish("a", number);
        }
        rig.publish("b", "whole");
        Client client = rig.comeBack(seen, "a", "b");
        assertThat(client.gap()).contains(GapReason.EXPIRED);
        assertThat(client.lines(5)).containsExactly("gap expired[a]", "2", "3", "4", "whole");
    }

    @Test
    void shouldTellOfAnIdThatNobodyKnowsAndSendAllThatThereIs() throws IOException {
        rig.publish("a", "one");
        String other = rig.publish("b", "other").id().orElseThrow();
        Client client = rig.comeBack("never seen", "a");
        assertThat(client.gap()).contains(GapReason.UNKNOWN);
        assertThat(client.lines(2)).containsExactly("gap unknown[a]", "one");
        assertThat(rig.comeBack(other, "a").lines(2)).containsExactly("gap unknown[a]", "one");
    }

    @Test
    void shouldKnowTheIdOfAMessageThatAPublisherHasSentOnToAnotherChannel() throws IOException {
        String id = rig.publish("a", "one").id().orElseThrow();
        rig.publish(Message.of("one").withId(id));
        rig.publish("next");
        Client client = rig.comeBack(id, "default");
        assertThat(client.gap()).isEmpty();
        assertThat(client.line()).isEqualTo("next");
    }

    @Test
    void shouldFeedAStreamThatFellBehindFromTheHistory() throws IOException {
        Client slow = rig.subscribe("a");
        rig.publish("a", "x".repeat(20_000_000));
        for (String number : DeliveryTest.numbers(0, MANY)) {
            rig.publish("a", number);
        }
        slow.line();
        assertThat(slow.lines(MANY)).isEqualTo(DeliveryTest.numbers(0, MANY));
        assertThat(rig.broker.lost()).isZero();
        await().until(() -> rig.publish("a", "next").queued() == 1);
        slow.linesUntil("next");
    }

    @Test
    void shouldFeedAStreamThatFellBehindBeforeItsFirstMessageWithNothingOlder() throws IOException {
        rig.publish("a", "older");
        Client slow = rig.open(Subscription.of(Rig.REQUEST).withChannels(List.of("a")));
        for (String number : DeliveryTest.numbers(0, 100)) {
            rig.publish("a", number);
        }
        slow.goLive();
        assertThat(slow.line()).isEqualTo(Rig.HEAD);
        assertThat(slow.lines(100)).isEqualTo(DeliveryTest.numbers(0, 100));
    }

    @Test
    void shouldTellASlowStreamOfWhatIsNotInTheHistoryEither() throws IOException {
        use(Rig.withHistory(4, 8));
        Client slow = rig.subscribe("a");
        rig.publish("a", "x".repeat(20_000_000));
        for (String number : DeliveryTest.numbers(0, 100)) {
            rig.publish("a", number);
        }
        slow.line();
        assertThat(slow.line()).isEqualTo("gap expired[a]");
        assertThat(slow.lines(8)).isEqualTo(DeliveryTest.numbers(92, 100));
        rig.publish("a", "next");
        assertThat(slow.line()).isEqualTo("next");
        assertThat(rig.broker.lost()).isEqualTo(92);
    }

    @Test
    void shouldLeaveNoGapAndSendNothingTwiceToThoseWhoJoinWhilePublishersAreAtFullSpeed() throws Exception {
        joinWhilePublishing();
    }

    @Test
    void shouldLeaveNoGapWithAMessageHookEither() throws Exception {
        use(Rig.withHistory(16, 100_000, new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of(Hook.MESSAGE);
            }

            @Override
            public Message message(Publication publication, Subscription subscription) {
                return publication.message();
            }
        }));
        joinWhilePublishing();
    }

    private void joinWhilePublishing() throws Exception {
        String seen = rig.publish("a", "first").id().orElseThrow();
        AtomicInteger published = new AtomicInteger();
        Thread publisher = Thread.startVirtualThread(() -> {
            for (String number : DeliveryTest.numbers(0, MANY)) {
                rig.publish("a", number);
                published.incrementAndGet();
            }
        });
        List<Client> clients = new ArrayList<>();
        for (int from = 0; from < MANY; from += MANY / 20) {
            int reached = from;
            while (published.get() < reached) {
                Thread.onSpinWait();
            }
            clients.add(rig.comeBack(seen, "a"));
        }
        for (Client client : clients) {
            assertThat(client.lines(MANY)).isEqualTo(DeliveryTest.numbers(0, MANY));
        }
        publisher.join();
    }
}
