package dev.tinysse.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BackPressureTest {
    private static final int PUBLISHERS = 400;
    private static final ChannelBacklog CHANNEL = new ChannelBacklog("default", 1);
    private static final Publication PUBLICATION = Publication
            .of(new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of()), Message.of("x"));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 256})
    void shouldNeverLetPublishersOverrunTheRing(int capacity) throws InterruptedException {
        WorkerQueue queue = new WorkerQueue();
        BackPressure backPressure = new BackPressure(capacity, List.of(queue));
        AtomicLong reached = new AtomicLong();
        AtomicLong furthest = new AtomicLong();
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            publishers.add(Thread.startVirtualThread(() -> {
                backPressure.begin();
                synchronized (queue) {
                    queue.add(new QueuedEntry(CHANNEL, 0, 1, PUBLICATION, new byte[0], new Interest[0], 0, 1));
                }
                furthest.accumulateAndGet(queue.added() - reached.get(), Math::max);
                backPressure.end();
            }));
        }
        while (reached.get() < PUBLISHERS) {
            long seen = queue.added();
            reached.set(seen);
            queue.delivered(seen);
            backPressure.progress();
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
        assertThat(furthest.get()).isBetween(1L, (long) capacity);
    }
}
