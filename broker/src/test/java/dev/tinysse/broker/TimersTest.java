package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.HookException;
import java.io.IOException;
import java.time.Duration;
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

    private Rig rig;

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private Client subscribe(Duration keepAlive, Duration timeout, Supplier<OptionalLong> hook) throws IOException {
        rig = new Rig(Rig.timed(256, keepAlive, timeout, NEVER), new HooksOf(hook));
        return rig.subscribe();
    }

    @Test
    void shouldSendAKeepAliveAfterEachSilence() throws IOException {
        Client client = subscribe(SOON, NEVER, OptionalLong::empty);
        assertThat(client.lines(3)).containsOnly("keep-alive");
    }

    @Test
    void shouldSendKeepAlivesWhileCatchingUp() throws IOException {
        rig = new Rig(Rig.timed(256, SOON, NEVER, NEVER));
        assertThat(rig.open().lines(3)).containsExactly(Rig.HEAD, "keep-alive", "keep-alive");
    }

    @Test
    void shouldSendNoKeepAliveToAStreamThatIsBusy() throws IOException {
        Client client = subscribe(Duration.ofHours(1), Duration.ofSeconds(1), OptionalLong::empty);
        rig.publish("x");
        assertThat(client.lines(2)).containsExactly("x", "timeout 7000");
    }

    @Test
    void shouldAskTheHookWhenTheClientShallComeBack() throws IOException {
        assertThat(subscribe(NEVER, SOON, () -> OptionalLong.of(1234)).line()).isEqualTo("timeout 1234");
    }

    @Test
    void shouldTakeTheDefaultWhenTheHookSaysNothing() throws IOException {
        assertThat(subscribe(NEVER, SOON, OptionalLong::empty).line()).isEqualTo("timeout 7000");
    }

    @Test
    void shouldTakeTheDefaultWhenTheHookFails() throws IOException {
        assertThat(subscribe(NEVER, SOON, () -> {
            throw new HookException("as the test wants it");
        }).line()).isEqualTo("timeout 7000");
    }

    @Test
    void shouldTakeTheDefaultWhenTheHookReturnsNull() throws IOException {
        assertThat(subscribe(NEVER, SOON, () -> null).line()).isEqualTo("timeout 7000");
    }

    @Test
    void shouldGoOnDeliveringWhileTheHookWaits() throws IOException {
        Semaphore inside = new Semaphore(0);
        Semaphore door = new Semaphore(0);
        Client client = subscribe(NEVER, SOON, () -> {
            inside.release();
            door.acquireUninterruptibly();
            return OptionalLong.of(1);
        });
        inside.acquireUninterruptibly();
        rig.publish("x");
        assertThat(client.line()).isEqualTo("x");
        door.release();
        assertThat(client.line()).isEqualTo("timeout 1");
    }
}
