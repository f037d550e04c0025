package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class AppendQueueTest {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final AppendQueue queue = new AppendQueue();

    @Test
    void shouldReturnRequestsInTheirOrder() {
        Pending first = add();
        Pending second = add();
        assertThat(queue.poll()).isSameAs(first);
        assertThat(queue.poll()).isSameAs(second);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void shouldWaitForARequest() throws Exception {
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        Thread taker = Thread.ofPlatform().daemon().start(() -> found.complete(awaitLong()));
        await().until(() -> taker.getState() == Thread.State.TIMED_WAITING);
        assertThat(found).isNotDone();
        add();
        assertThat(found.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldNotWaitIfThereIsARequest() throws Exception {
        add();
        assertThat(queue.await(LONG)).isTrue();
    }

    @Test
    void shouldWaitNoLongerThanItMay() throws Exception {
        assertThat(queue.await(1)).isFalse();
    }

    @Test
    void shouldNotTakeAWakeForARequest() throws Exception {
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        Thread taker = Thread.ofPlatform().daemon().start(() -> found.complete(awaitLong()));
        LockSupport.unpark(taker);
        await().until(() -> taker.getState() == Thread.State.TIMED_WAITING);
        assertThat(found).isNotDone();
        add();
        assertThat(found.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldEndTheWaitOfAThreadThatIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.await(LONG)).isInstanceOf(InterruptedException.class);
    }

    private boolean awaitLong() {
        try {
            return queue.await(LONG);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private Pending add() {
        Pending request = new Pending(NodeRig.append("x"), 0, () -> {});
        queue.add(request);
        return request;
    }
}
