package dev.tinysse.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BackPressureTest {
    private static final int PUBLISHERS = 400;
    private static final Channel CHANNEL = new Channel("default", 1);
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
                    queue.add(message(0, 1));
                }
                furthest.accumulateAndGet(queue.added() - reached.get(), Math::max);
                backPressure.end();
            }));
        }
        while (reached.get() < PUBLISHERS) {
            long seen = queue.added();
            reached.set(seen);
            queue.delivered(seen, 0);
            backPressure.progress();
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
        assertThat(furthest.get()).isBetween(1L, (long) capacity);
    }

    @Test
    void shouldLetFewerLargeMessagesBeAheadThanSmallOnes() {
        assertThat(ahead(100, 1000)).isEqualTo(65);
        assertThat(ahead(16 * 1024, 1000)).isEqualTo(5);
        assertThat(ahead(16 * 1024, 100)).isEqualTo(5);
        assertThat(ahead(4 * 1024 * 1024, 1000)).isEqualTo(1);
    }

    @Test
    void shouldCountTheBytesOfAllStreams() {
        assertThat(ahead(16 * 1024, 1)).isEqualTo(65);
        assertThat(ahead(16 * 1024, 8)).isEqualTo(33);
        assertThat(ahead(4 * 1024 * 1024, 1)).isEqualTo(2);
    }

    @Test
    void shouldLetAPublisherWaitUntilTheFanOutThreadIsNearAgain() throws InterruptedException {
        WorkerQueue queue = new WorkerQueue();
        BackPressure backPressure = new BackPressure(16, List.of(queue));
        add(queue, 9);
        Thread publisher = Thread.ofPlatform().daemon().start(() -> publish(backPressure));
        awaitWaiting(publisher);
        queue.delivered(1, queue.weightBehind());
        backPressure.progress();
        publisher.join();

        assertThat(backPressure.isNear()).isTrue();
    }

    @Test
    void shouldWaitForTheSlowestFanOutThread() {
        WorkerQueue fast = new WorkerQueue();
        WorkerQueue slow = new WorkerQueue();
        BackPressure backPressure = new BackPressure(16, List.of(fast, slow));
        add(slow, 9);

        assertThat(backPressure.isNear()).isFalse();
        slow.delivered(1, 0);
        assertThat(backPressure.isNear()).isTrue();
        add(fast, 9);
        assertThat(backPressure.isNear()).isFalse();
    }

    @Test
    void shouldLetOnlySoManyPublishAtATime() throws InterruptedException {
        BackPressure backPressure = new BackPressure(4, List.of(new WorkerQueue()));
        backPressure.begin();
        backPressure.begin();
        Thread third = Thread.ofPlatform().daemon().start(() -> publish(backPressure));
        awaitWaiting(third);
        backPressure.end();
        third.join();
        backPressure.end();
    }

    @Test
    void shouldNotWaitLongerThanItsLimitForAHookThatComputes() {
        WorkerQueue queue = new WorkerQueue();
        BackPressure backPressure = new BackPressure(16, List.of(queue));
        add(queue, 100);
        publish(backPressure);

        assertThat(backPressure.isNear()).isFalse();
    }

    @Test
    void shouldNotWaitOnAThreadThatIsInterruptedButLetOthersPublish() throws InterruptedException {
        WorkerQueue queue = new WorkerQueue();
        BackPressure backPressure = new BackPressure(2, List.of(queue));
        add(queue, 100);
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) { // more than may publish at a time
            Thread publisher = Thread.ofPlatform().daemon().start(() -> {
                Thread.currentThread().interrupt();
                publish(backPressure);
                interrupted.add(Thread.currentThread().isInterrupted());
            });
            publisher.join();
        }
        assertThat(interrupted).containsExactly(true, true, true);
    }

    private static void add(WorkerQueue queue, int messages) {
        for (int i = 0; i < messages; i++) {
            queue.add(message(0, 1));
        }
    }

    private static void publish(BackPressure backPressure) {
        backPressure.begin();
        backPressure.end();
    }

    private static void awaitWaiting(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
    }

    /** How many messages there are when publishers wait for the fan-out thread. */
    private static long ahead(int bytes, int streams) {
        WorkerQueue queue = new WorkerQueue();
        BackPressure backPressure = new BackPressure(1000, List.of(queue));
        while (backPressure.isNear()) {
            queue.add(message(bytes, streams));
        }
        long ahead = queue.behind();
        queue.delivered(ahead, queue.weightBehind());
        assertThat(backPressure.isNear()).isTrue();
        return ahead;
    }

    private static QueuedEntry message(int bytes, int streams) {
        return new QueuedEntry(CHANNEL, new LogRecord(1, 0, PUBLICATION, Optional.empty()), new byte[bytes], streams);
    }
}
