package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    @Test
    void shouldEndACallAlsoAfterTheHeapWasTooSmallForThat() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        Watchdog.Stop full = (why, stillMeant) -> {
            if (attempts.incrementAndGet() < 3) {
                throw new OutOfMemoryError("of the test");
            }
            ended.countDown();
        };
        try (Watchdog watchdog = new Watchdog(full, () -> {})) {
            watchdog.start(new CallLimits(Duration.ofNanos(1), 0));
            assertThat(ended.await(10, TimeUnit.MINUTES)).isTrue();
        }
    }
}
