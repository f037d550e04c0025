package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamOwner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fan-out thread that does not turn any more: others see that, and the broker ends without it. */
@Timeout(60)
class StuckThreadTest {
    private final Rig rig = new Rig(Rig.config(16));
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** An owner that blocks the thread that tells it of the end. */
    private final class Blocking implements StreamOwner {
        @Override
        public void closed() {
            stuck.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void channelReturned(StreamChannel channel, ByteBuffer received) {
            closed();
        }
    }

    @AfterEach
    void close() throws IOException {
        released.countDown();
        rig.close();
    }

    private void block() throws IOException, InterruptedException {
        rig.open(new Blocking()).close();
        stuck.await();
    }

    @Test
    void shouldShowThatAThreadIsBusyAndWhere() throws Exception {
        block();
        List<LoopProgress> busy = rig.broker.loops().stream().filter(loop -> LoopProgress.isBusy(loop.turns()))
                .toList();
        assertThat(busy).hasSize(1);
        assertThat(busy.getFirst().name()).startsWith("tinysse-fan-out-");
        assertThat(busy.getFirst().stack()).extracting(StackTraceElement::getClassName)
                .contains(Blocking.class.getName());
    }

    @Test
    void shouldShowThatAThreadTurnsAgain() throws Exception {
        block();
        released.countDown();
        while (rig.broker.loops().stream().anyMatch(loop -> LoopProgress.isBusy(loop.turns()))) {
            Thread.onSpinWait();
        }
        assertThat(rig.broker.loops()).noneMatch(loop -> LoopProgress.isBusy(loop.turns()));
    }

    @Test
    void shouldShowThatAThreadTurns() throws IOException {
        Client client = rig.subscribe();
        long before = turns();
        rig.publish("x");
        assertThat(client.line()).isEqualTo("x");
        while (turns() == before) {
            Thread.onSpinWait();
        }
        assertThat(turns()).isGreaterThan(before);
    }

    private long turns() {
        return rig.broker.loops().stream().mapToLong(LoopProgress::turns).sum();
    }

    @Test
    void shouldCloseAlthoughAThreadIsStuck() throws Exception {
        block();
        assertThat(rig.broker.drain(Duration.ofMillis(10)).streamsCutOff()).isEqualTo(1);
        rig.broker.close();
        assertThat(released.getCount()).isEqualTo(1);
    }
}
