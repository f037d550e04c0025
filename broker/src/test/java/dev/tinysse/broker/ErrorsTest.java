package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamOwner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is thrown on a fan-out thread, the thread keeps running: without it nothing would be delivered any more. */
@Timeout(60)
class ErrorsTest {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(1);

    @SuppressWarnings("NullAway.Init") // each test creates its own
    private Rig rig;

    private void use(int failures) {
        rig = new Rig(
                new BrokerConfig(16, KEEP_ALIVE, Duration.ZERO, RetryDelay.of(Duration.ZERO), Duration.ZERO, 1, false,
                        false),
                new FailingFormat(new AtomicInteger(failures), StackOverflowError::new), Rig.noHooks());
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void shouldCloseOnlyTheStreamThatFailsWithAnError() throws IOException {
        use(1);
        Client failing = rig.subscribe();
        rig.pass(KEEP_ALIVE);
        assertThat(failing.end()).isEqualTo(Client.CLOSED);
        Client other = rig.subscribe();
        rig.publish("x");
        assertThat(other.line()).isEqualTo("x");
    }

    @Test
    void shouldGoOnBehindAnErrorOfAnOwner() throws IOException {
        use(0);
        Client other = rig.subscribe();
        CompletableFuture<Void> told = new CompletableFuture<>();
        rig.open(new StreamOwner() {
            @Override
            public void closed() {
                told.complete(null);
                throw new NoClassDefFoundError("as the test wants it");
            }

            @Override
            public void channelReturned(StreamChannel channel, ByteBuffer received) {
                closed();
            }
        }).close();
        told.join();
        rig.publish("x");
        assertThat(other.line()).isEqualTo("x");
    }
}
