package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Message;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamStart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream ends when its token expires, whatever it is doing, and the unsubscribe hook hears of it once. */
@Timeout(60)
class ExpiryTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NEVER = Duration.ZERO;

    private final HooksOf hooks = new HooksOf();
    private Rig rig = new Rig(Rig.config(256), hooks);

    @AfterEach
    void close() throws IOException {
        rig.close();
        assertThat(hooks.gone().values()).allMatch(times -> times.get() == 1);
    }

    /** A stream that expires in an hour. */
    private Client open() throws IOException {
        return rig.open(Subscription.of(Rig.REQUEST), StreamStart.PLAIN.expiring(Instant.now().plus(HOUR)));
    }

    private Client subscribe() throws IOException {
        Client client = open().goLive();
        client.linesUntil(Rig.HEAD);
        return client;
    }

    private void assertGone(Client client, String how) {
        assertThat(client.end()).isEqualTo(how);
        await().until(() -> hooks.count() == 1);
        assertThat(rig.broker.streams()).isZero();
    }

    @Test
    void shouldEndWhenItExpiresAndHandTheChannelBack() throws IOException {
        Client client = subscribe();
        rig.pass(HOUR);
        assertThat(client.line()).isEqualTo("expired 7000");
        assertGone(client, Client.RELEASED);
    }

    @Test
    void shouldDeliverUntilThen() throws IOException {
        Client client = subscribe();
        rig.pass(HOUR.minusMinutes(1));
        rig.publish("x");
        assertThat(client.line()).isEqualTo("x");
        rig.pass(Duration.ofMinutes(1));
        assertThat(client.line()).isEqualTo("expired 7000");
    }

    @Test
    void shouldEndAtOnceIfItHasExpired() throws IOException {
        Client client = rig.open(Subscription.of(Rig.REQUEST), StreamStart.PLAIN.expiring(Instant.now().minus(HOUR)));
        client.goLive();
        client.linesUntil(Rig.HEAD);
        rig.pass(Duration.ofSeconds(1));
        assertThat(client.line()).isEqualTo("expired 7000");
        assertGone(client, Client.RELEASED);
    }

    @Test
    void shouldAskAClientWithAnOldTokenNotToComeBackAtOnce() throws IOException {
        rig.close();
        rig = new Rig(new BrokerConfig(256, NEVER, NEVER, new RetryDelay(50, 250), NEVER, 2, false, false), hooks);
        Client client = rig.open(Subscription.of(Rig.REQUEST), StreamStart.PLAIN.expiring(Instant.now().minus(HOUR)));
        client.goLive();
        client.linesUntil(Rig.HEAD);
        rig.pass(Duration.ofMillis(10));
        String line = client.line();
        assertThat(retryOf(line)).isBetween(2000L, 6000L);
        Client other = subscribe();
        rig.pass(HOUR);
        assertThat(retryOf(other.line())).isBetween(50L, 250L);
    }

    private static long retryOf(String line) {
        assertThat(line).startsWith("expired ");
        return Long.parseLong(line.substring("expired ".length()));
    }

    @Test
    void shouldNotExpireInAHundredYears() throws IOException {
        Client client = rig.open(Subscription.of(Rig.REQUEST), StreamStart.PLAIN.expiring(Instant.MAX)).goLive();
        client.linesUntil(Rig.HEAD);
        rig.pass(Duration.ofDays(365));
        rig.publish("x");
        assertThat(client.line()).isEqualTo("x");
    }

    @Test
    void shouldEndWhileCatchingUp() throws IOException {
        Client client = open();
        assertThat(client.line()).isEqualTo(Rig.HEAD);
        rig.pass(HOUR);
        assertThat(client.line()).isEqualTo("expired 7000");
        assertThat(client.end()).isEqualTo(Client.RELEASED);
        assertThat(hooks.count()).isZero();
        client.goLive();
        await().until(() -> hooks.count() == 1);
    }

    @Test
    void shouldEndWhenTheClientDoesNotRead() throws IOException {
        Client client = open().goLive();
        rig.publish("x".repeat(20_000_000));
        client.linesUntil(Rig.HEAD);
        await().until(() -> rig.publish("behind").queued() > 1);
        rig.pass(HOUR);
        assertGone(client, Client.CLOSED);
    }

    @Test
    void shouldEndWhileTheMessageHookWaits() throws IOException {
        rig.close();
        Semaphore inside = new Semaphore(0);
        Semaphore permits = new Semaphore(0);
        rig = new Rig(Rig.config(256), new WaitingHook(inside, permits));
        Client client = subscribe();
        rig.publish(Message.of("x"));
        inside.acquireUninterruptibly();
        rig.pass(HOUR);
        assertThat(client.line()).isEqualTo("expired 7000");
        assertThat(client.end()).isEqualTo(Client.RELEASED);
        permits.release();
    }

    @Test
    void shouldEndWhileTheTimeoutHookWaits() throws IOException {
        rig.close();
        Semaphore inside = new Semaphore(0);
        Semaphore permits = new Semaphore(0);
        rig = new Rig(Rig.timed(256, NEVER, HOUR.dividedBy(2), NEVER), new HooksOf(() -> {
            inside.release();
            permits.acquireUninterruptibly();
            return OptionalLong.of(1);
        }));
        Client client = subscribe();
        rig.pass(HOUR.dividedBy(2));
        inside.acquireUninterruptibly();
        rig.pass(HOUR.dividedBy(2));
        assertThat(client.line()).isEqualTo("expired 7000");
        permits.release();
        assertThat(client.end()).isEqualTo(Client.RELEASED);
    }
}
