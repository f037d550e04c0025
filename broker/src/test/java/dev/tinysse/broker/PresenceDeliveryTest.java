package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.delivery.MemoryLimits;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamStart;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which streams receive joins and leaves, and where among the messages. */
@Timeout(60)
class PresenceDeliveryTest {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Rig rig = new Rig(config(1 << 10));

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private static BrokerConfig config(int capacity) {
        return new BrokerConfig(capacity, Duration.ZERO, Duration.ZERO, RetryDelay.of(Duration.ofSeconds(7)),
                Duration.ZERO, 2, true, true);
    }

    private Client stream(String user, boolean presence, boolean envelope, String... channels) throws IOException {
        Subscription subscription = Subscription.of(Rig.REQUEST).withChannels(List.of(channels)).withUser(user);
        Client client = rig.open(subscription,
                new StreamStart(envelope, presence, new StreamStart.FromHistory.Nothing()));
        client.linesUntil(Rig.HEAD);
        return client;
    }

    private Client told(String user, String... channels) throws IOException {
        return stream(user, true, false, channels).goLive();
    }

    private Client untold(String user, String... channels) throws IOException {
        return stream(user, false, false, channels).goLive();
    }

    private void end(Client client) throws IOException {
        client.reset();
        assertThat(client.end()).isEqualTo(Client.CLOSED);
    }

    @Test
    void shouldTellStreamsThatAskForItInTheOrderOfMessages() throws IOException {
        Client ann = told("ann", "news");
        rig.publish("news", "one");
        Client bob = untold("bob", "news");
        rig.publish("news", "two");
        assertThat(ann.lines(4)).containsExactly("join news ann 1", "one", "join news bob 2", "two");
        assertThat(bob.line()).isEqualTo("two");
    }

    @Test
    void shouldTellOfLeavesToThoseWhoAreLeft() throws IOException {
        Client ann = told("ann", "news");
        Client bob = untold("bob", "news");
        assertThat(ann.lines(2)).containsExactly("join news ann 1", "join news bob 2");
        end(bob);
        rig.publish("news", "one");
        rig.pass(GRACE);
        assertThat(ann.lines(2)).containsExactly("one", "leave news bob 1");
    }

    @Test
    void shouldTellAllOnceWhoMatchTheChannel() throws IOException {
        Client pattern = told("watcher", "**", "news.*");
        Client both = told("ann", "news.a", "news.*");
        Client other = told("bob", "other");
        assertThat(pattern.lines(2)).containsExactly("join news.a ann 1", "join other bob 1");
        assertThat(both.line()).isEqualTo("join news.a ann 1");
        assertThat(other.line()).isEqualTo("join other bob 1");
        end(both);
        end(other);
        rig.pass(GRACE);
        assertThat(pattern.lines(2)).containsExactlyInAnyOrder("leave news.a ann 0", "leave other bob 0");
    }

    @Test
    void shouldTellOfTheOwnJoinBehindTheReplay() throws IOException {
        Client ann = stream("ann", true, false, "news");
        rig.publish("news", "live");
        ann.goLive(Message.of("old"));
        assertThat(ann.lines(3)).containsExactly("old", "join news ann 1", "live");
    }

    @Test
    void shouldNotPutNoticesIntoEnvelopes() throws IOException {
        Client ann = stream("ann", true, true, "news").goLive();
        rig.publish("news", "one");
        assertThat(ann.lines(2)).containsExactly("join news ann 1", "news one");
    }

    @Test
    void shouldNotAskTheMessageHook() throws IOException {
        rig.close();
        rig = new Rig(config(16), new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of(Hook.MESSAGE);
            }

            @Override
            public Message message(Publication publication, Subscription subscription) {
                return Message.of(publication.message().data().orElseThrow() + "!");
            }
        });
        Client ann = told("ann", "news");
        rig.publish("news", "one");
        told("bob", "news");
        rig.publish("news", "two");
        assertThat(ann.lines(4)).containsExactly("join news ann 1", "one!", "join news bob 2", "two!");
    }

    @Test
    void shouldNotCountNoticesAsMessagesThatAreQueued() throws IOException {
        Client slow = told("ann", "news");
        rig.publish("news", "x".repeat(20_000_000));
        for (int i = 0; i < 40; i++) {
            untold("user" + i, "news");
        }
        await().until(() -> rig.publish("news", "x").queued() <= 3);
        assertThat(slow.line()).isEqualTo("join news ann 1");
    }

    @Test
    void shouldLoseTheOldestNoticesOfASlowStreamAndSaySo() throws IOException {
        rig.close();
        rig = new Rig(config(8));
        Client slow = told("ann", "news");
        assertThat(slow.line()).isEqualTo("join news ann 1");
        rig.publish("news", "x".repeat(20_000_000));
        for (int i = 0; i < 40; i++) {
            untold("user" + i, "news");
        }
        rig.publish("news", "last");
        List<String> lines = slow.linesUntil("last");
        assertThat(lines).contains("gap expired[news]").endsWith("join news user39 41")
                .filteredOn(line -> line.startsWith("join")).hasSizeLessThan(12);
    }

    @Test
    void shouldKeepNothingOfWhoCameForThoseWhoComeBack() throws IOException {
        rig.close();
        rig = new Rig(config(16), TextFormat.PLAIN, Rig.noHooks(), new MemoryLimits(1 << 30, 1 << 30),
                new MemoryLog(new LogConfig(100, Duration.ZERO, 1L << 30, InstantSource.system())));
        String first = rig.publish("news", "one").id().orElseThrow();
        told("ann", "news").linesUntil("join news ann 1");
        rig.publish("news", "two");
        Client back = rig.open(Subscription.of(Rig.REQUEST).withChannels(List.of("news")).withUser("bob")
                .withLastEventId(first), new StreamStart(false, true, new StreamStart.FromHistory.Nothing()));
        back.linesUntil(Rig.HEAD);
        back.replay();
        assertThat(back.lines(2)).containsExactly("two", "join news bob 2");
    }

    @Test
    void shouldFindItsPlaceInTheLogAfterANotice() throws IOException {
        rig.close();
        rig = new Rig(config(8), TextFormat.PLAIN, Rig.noHooks(), new MemoryLimits(1 << 30, 1 << 30),
                new MemoryLog(new LogConfig(100, Duration.ZERO, 1L << 30, InstantSource.system())));
        Client slow = told("ann", "news");
        rig.publish("news", "one");
        told("bob", "news");
        assertThat(slow.lines(3)).containsExactly("join news ann 1", "one", "join news bob 2");
        rig.publish("news", "x".repeat(20_000_000));
        for (int i = 0; i < 40; i++) {
            rig.publish("news", "m" + i);
        }
        assertThat(slow.line()).hasSize(20_000_000);
        assertThat(slow.lines(40)).startsWith("m0").endsWith("m39").doesNotHaveDuplicates();
    }

    @Test
    void shouldKnowNobodyUnlessItIsSwitchedOn() throws IOException {
        rig.close();
        rig = new Rig(Rig.channels(16));
        Client ann = told("ann", "news");
        rig.publish("news", "one");
        assertThat(ann.line()).isEqualTo("one");
        assertThat(rig.broker.presence()).isEmpty();
    }
}
