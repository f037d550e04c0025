package dev.tinysse.broker.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightTest {
    private final InFlight tasks = new InFlight();

    @Test
    void shouldNotWaitForNothing() throws InterruptedException {
        assertThat(tasks.awaitNone(Duration.ZERO)).isTrue();
        assertThat(tasks.awaitNone(Duration.ofSeconds(-1))).isTrue();
    }

    @Test
    void shouldCountTasksThatHaveBegunAndNotEnded() throws InterruptedException {
        tasks.begin();
        tasks.begin();
        tasks.end();

        assertThat(tasks.count()).isEqualTo(1);
        assertThat(tasks.awaitNone(Duration.ZERO)).isFalse();
        assertThat(tasks.awaitNone(Duration.ofSeconds(-1))).isFalse();
    }

    @Test
    void shouldWaitForTheLastTask() throws InterruptedException {
        tasks.begin();
        tasks.begin();
        CompletableFuture<Boolean> none = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().daemon().start(() -> {
            try {
                none.complete(tasks.awaitNone(Duration.ofSeconds(50)));
            } catch (InterruptedException e) {
                none.completeExceptionally(e);
            }
        });
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        tasks.end();
        assertThat(none).isNotDone();
        tasks.end();
        assertThat(none.join()).isTrue();
        waiting.join();
    }
}
