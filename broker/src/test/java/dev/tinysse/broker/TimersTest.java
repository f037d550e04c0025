package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.HookException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimersTest {
    private static final Duration NEVER = Duration.ZERO;
    private static final Duration SOON = Duration.ofMillis(100);

    @SuppressWarnings("NullAway.Init") // each test creates its own
    private Rig rig;

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private Client subscribe(Duration keepAlive, Duration timeout, Supplier<OptionalLong> hook) throws IOException {
        rig = new Rig(Rig.timed(256, keepAlive, timeout, NEVER), new HooksOf(hook));
        return rig.subscribe();
    }

    /** A stream whose time is up. */
    private Client timedOut(Supplier<OptionalLong> hook) throws IOException {
        Client client = subscribe(NEVER, SOON, hook);
        rig.pass(SOON);
        return client;
    }

    @Test
    void shouldSendAKeepAliveAfterEachSilence() throws IOException {
        Client client = subscribe(SOON, NEVER, OptionalLong::empty);
        for (int i = 0; i < 3; i++) {
            rig.pass(SOON);
            assertThat(client.line()).isEqualTo("keep-alive");
        }
    }

    @Test
    void shouldSendKeepAlivesWhileCatchingUp() throws IOException {
        rig = new Rig(Rig.timed(256, SOON, NEVER, NEVER));
        Client client = rig.open();
        assertThat(client.line()).isEqualTo(Rig.HEAD);
        rig.pass(SOON);
        assertThat(client.line()).isEqualTo("keep-alive");
    }

    @Test
    void shouldSendNoKeepAliveToAStreamThatIsBusy() throws IOException {
        Duration half = SOON.dividedBy(2);
        Client client = subscribe(SOON, half.multipliedBy(3), OptionalLong::empty);
        for (String message : List.of("first", "second")) {
            rig.pass(half);
            rig.publish(message);
            assertThat(client.line()).isEqualTo(message);
        }
        rig.pass(half);
        assertThat(client.line()).isEqualTo("timeout 7000");
    }

    @Test
    void shouldAskTheHookWhenTheClientShallComeBack() throws IOException {
        assertThat(timedOut(() -> OptionalLong.of(1234)).line()).isEqualTo("timeout 1234");
    }

    @Test
    void shouldTakeTheDefaultWhenTheHookSaysNothing() throws IOException {
        assertThat(timedOut(OptionalLong::empty).line()).isEqualTo("timeout 7000");
    }

    @Test
    void shouldTakeTheDefaultWhenTheHookFails() throws IOException {
        assertThat(timedOut(() -> {
            throw new HookException("as the test wants it");
        }).line()).isEqualTo("timeout 7000");
    }

    @Test
    void shouldTakeTheDefaultWhenTheHookReturnsNull() throws IOException {
        assertThat(timedOut(() -> null).line()).isEqualTo("timeout 7000");
    }

    @Test
    void shouldTakeTheDefaultWhenTheHookDoesNotReturnInTime() throws IOException {
        Semaphore inside = new Semaphore(0);
        Semaphore mayReturn = new Semaphore(0);
        Client client = timedOut(() -> {
            inside.release();
            mayReturn.acquireUninterruptibly();
            return OptionalLong.of(1);
        });
        inside.acquireUninterruptibly();
        rig.pass(Duration.ofMillis(999));
        assertThat(client.line()).isEqualTo("timeout 7000");
        assertThat(client.end()).isEqualTo(Client.RELEASED);
        mayReturn.release();
    }

    @Test
    void shouldGoOnDeliveringWhileTheHookWaits() throws IOException {
        Semaphore inside = new Semaphore(0);
        Semaphore mayReturn = new Semaphore(0);
        Client client = timedOut(() -> {
            inside.release();
            mayReturn.acquireUninterruptibly();
            return OptionalLong.of(1);
        });
        inside.acquireUninterruptibly();
        rig.publish("x");
        assertThat(client.line()).isEqualTo("x");
        mayReturn.release();
        assertThat(client.line()).isEqualTo("timeout 1");
    }
}
