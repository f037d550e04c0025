package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamFilter;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.StreamStart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams end within a second while a call of the {@code message} hook waits, and messages that it has not decided count as lost. */
@Timeout(60)
class EndInMessageHookTest {
    private static final Duration NEVER = Duration.ZERO;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofMillis(999);
    private static final StreamEnd ALL = new StreamEnd(StreamFilter.ALL, true);

    private final Semaphore inside = new Semaphore(0);
    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger returned = new AtomicInteger();
    private final AtomicInteger unsubscribed = new AtomicInteger();
    @SuppressWarnings("NullAway.Init") // each test creates its own
    private Rig rig;

    @AfterEach
    void close() throws IOException {
        permits.release(1000);
        rig.close();
    }

    /** A {@code message} hook that waits for a permit for each message, and counts the unsubscribe calls. */
    private final class Waiting implements Hooks {
        @Override
        public Set<Hook> defined() {
            return EnumSet.of(Hook.MESSAGE, Hook.UNSUBSCRIBE);
        }

        @Override
        public Message message(Publication publication, Subscription subscription) {
            Broker.aboutToWait();
            inside.release();
            permits.acquireUninterruptibly();
            returned.incrementAndGet();
            return publication.message();
        }

        @Override
        public void unsubscribe(Subscription subscription) {
            unsubscribed.incrementAndGet();
        }
    }

    private Client subscribe(BrokerConfig config) throws IOException {
        rig = new Rig(config, new Waiting());
        return rig.subscribe();
    }

    /** One message is in the hook, and the others wait for it. */
    private void publish(int messages) {
        rig.publish("0");
        inside.acquireUninterruptibly();
        rig.publishNumbers(1, messages);
    }

    private void assertEnded(Client client, String line, int lost) throws IOException {
        assertThat(client.line()).isEqualTo(line);
        assertThat(client.end()).isEqualTo(Client.RELEASED);
        await().until(() -> unsubscribed.get() == 1);
        permits.release(1000);
        await().until(() -> returned.get() > 0);
        rig.pass(HOUR); // the fan-out thread has the result
        assertThat(rig.broker.directory().streams(new StreamQuery(StreamFilter.ALL, Optional.empty(), 10)).streams())
                .isEmpty();
        assertThat(rig.broker.lost()).isEqualTo(lost);
        assertThat(unsubscribed).hasValue(1);
    }

    @Test
    void shouldEndAStreamWhoseTimeIsUp() throws IOException {
        Client client = subscribe(Rig.timed(256, NEVER, HOUR, NEVER));
        publish(20);
        rig.pass(HOUR);
        await().until(() -> rig.broker.channels().subscribers() == 0);
        rig.pass(GRACE);
        assertEnded(client, "timeout 7000", 20);
    }

    @Test
    void shouldEndAStreamThatIsDisconnected() throws IOException {
        Client client = subscribe(Rig.config(256));
        publish(20);
        assertThat(rig.broker.directory().end(ALL)).isEqualTo(1);
        rig.pass(GRACE);
        assertEnded(client, "stop", 20);
    }

    @Test
    void shouldEndAStreamThatAScriptDisconnects() throws IOException {
        Client client = subscribe(Rig.config(256));
        publish(3);
        assertThat(rig.broker.channels().disconnect(subscription -> true)).isEqualTo(1);
        rig.pass(GRACE);
        assertEnded(client, "stop", 3);
    }

    @Test
    void shouldCountWhatAStreamWithAnExpiredTokenDoesNotGet() throws IOException {
        rig = new Rig(Rig.config(256), new Waiting());
        Client client = rig.open(Subscription.of(Rig.REQUEST),
                StreamStart.PLAIN.expiring(Instant.now().plus(HOUR))).goLive();
        client.linesUntil(Rig.HEAD);
        publish(20);
        rig.pass(HOUR);
        assertEnded(client, "expired 7000", 20);
    }

    @Test
    void shouldCountNoStreamThatIsBeingDisconnected() throws IOException {
        Client client = subscribe(Rig.config(256));
        publish(2);
        assertThat(rig.broker.channels().disconnect(subscription -> true)).isEqualTo(1);
        assertThat(rig.publish("later").subscribers()).isZero();
        assertThat(rig.publish("later").queued()).isZero();
        assertThat(rig.broker.channels().subscribers()).isZero();
        assertThat(rig.broker.directory().end(ALL)).isZero();
        permits.release(1000);
        assertThat(client.lines(3)).containsExactly("0", "1", "stop");
        assertThat(rig.broker.lost()).isZero();
    }

    @Test
    void shouldDeliverToOthersOfTheSameChannelMeanwhile() throws IOException {
        rig = new Rig(Rig.config(256), new Waiting());
        Client first = rig.open(Subscription.of(new Request("GET", "first", "first", "", "127.0.0.1", 1, Map.of())))
                .goLive();
        first.linesUntil(Rig.HEAD);
        publish(2);
        Client second = rig.subscribe();
        assertThat(rig.broker.channels().disconnect(subscription -> subscription.request().path().equals("first")))
                .isEqualTo(1);
        assertThat(rig.publish("later").subscribers()).isEqualTo(1);
        permits.release(1000);
        assertThat(first.lines(3)).containsExactly("0", "1", "stop");
        assertThat(second.line()).isEqualTo("later");
        await().until(() -> rig.publish("more").queued() == 1);
    }

    @Test
    void shouldExpireAStreamThatIsBeingDisconnected() throws IOException {
        rig = new Rig(Rig.config(256), new Waiting());
        Client client = rig.open(Subscription.of(Rig.REQUEST),
                StreamStart.PLAIN.expiring(Instant.now().plus(HOUR))).goLive();
        client.linesUntil(Rig.HEAD);
        rig.pass(HOUR.minusMillis(10));
        publish(2);
        rig.broker.directory().end(ALL);
        rig.pass(Duration.ofMillis(10));
        assertEnded(client, "expired 7000", 2);
    }

    @Test
    void shouldTellAStreamOfTheEndThatIsUnfinishedAtAStop() throws Exception {
        Client client = subscribe(Rig.config(256));
        publish(20);
        rig.broker.drain(NEVER);
        assertThat(client.line()).isEqualTo("stop");
        assertThat(client.end()).isEqualTo(Client.RELEASED);
        assertThat(rig.broker.lost()).isEqualTo(20);
        await().until(() -> unsubscribed.get() == 1);
    }

    @Test
    void shouldTellAStreamAtAStopOfTheEndThatWasDecidedBefore() throws Exception {
        Client client = subscribe(Rig.timed(256, NEVER, HOUR, NEVER));
        publish(20);
        rig.pass(HOUR);
        await().until(() -> rig.broker.channels().subscribers() == 0);
        rig.broker.drain(NEVER);
        assertEnded(client, "timeout 7000", 20);
    }
}
