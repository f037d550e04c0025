package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BackPressureTest {
    private static final int PUBLISHERS = 400;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 256})
    void shouldNeverLetPublishersOverrunTheRing(int capacity) throws InterruptedException {
        BackPressure backPressure = new BackPressure(capacity, 1);
        AtomicLong head = new AtomicLong();
        AtomicLong reached = new AtomicLong();
        AtomicLong furthest = new AtomicLong();
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            publishers.add(Thread.startVirtualThread(() -> {
                backPressure.begin();
                long behind = head.incrementAndGet() - reached.get();
                furthest.accumulateAndGet(behind, Math::max);
                backPressure.end(head.get());
            }));
        }
        while (reached.get() < PUBLISHERS) {
            long seen = head.get();
            reached.set(seen);
            backPressure.reached(0, seen);
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
        assertThat(furthest.get()).isBetween(1L, (long) capacity);
    }
}
