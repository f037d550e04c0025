package dev.tinysse.broker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Decision;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdempotencyTest {
    private static final PublishKey KEY = PublisherRig.key("k");
    private static final Decision<Publication> ACCEPTED = Decision.accept(PublisherRig.publication("x"));
    private static final Decision<Publication> REFUSED = Decision.refuse(Refusal.of(429, "later"));

    private final HeldLog log = new HeldLog(true, false);
    private final Idempotency idempotency = new Idempotency(log);
    private final List<Integer> turns = new CopyOnWriteArrayList<>();

    /** Takes a turn on a thread, and returns when that waits for it. */
    private Thread takeTurn(int number) {
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try (Idempotency.Turn _ = idempotency.awaitTurn(KEY)) {
                turns.add(number);
            }
        });
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    @Test
    void shouldGiveTurnsInTheOrderOfTheRequests() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try (Idempotency.Turn _ = idempotency.awaitTurn(KEY)) {
            for (int i = 0; i < 5; i++) {
                threads.add(takeTurn(i));
            }
            assertThat(turns).isEmpty();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(turns).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void shouldNotLetKeysWaitForEachOther() {
        try (Idempotency.Turn _ = idempotency.awaitTurn(KEY);
                Idempotency.Turn _ = idempotency.awaitTurn(PublisherRig.key("other"))) {
            assertThat(idempotency.keysInUse()).isEqualTo(2);
        }
    }

    @Test
    void shouldLetTheSameKeyWithOtherContentWait() throws InterruptedException {
        Thread other;
        try (Idempotency.Turn _ = idempotency.awaitTurn(new PublishKey(KEY.name(), "other"))) {
            other = takeTurn(1);
            assertThat(idempotency.keysInUse()).isEqualTo(1);
        }
        other.join();
        assertThat(turns).containsExactly(1);
    }

    @Test
    void shouldForgetAKeyOnlyWithItsLastRequest() throws InterruptedException {
        Thread waiting;
        try (Idempotency.Turn _ = idempotency.awaitTurn(KEY)) {
            waiting = takeTurn(1);
        }
        waiting.join();

        assertThat(idempotency.keysInUse()).isZero();
    }

    @Test
    void shouldLetALaterRequestWaitForOneThatHasWaited() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Idempotency.Turn first = idempotency.awaitTurn(KEY);
        Thread second = Thread.ofPlatform().daemon().start(() -> {
            try (Idempotency.Turn _ = idempotency.awaitTurn(KEY)) {
                turns.add(2);
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> second.getState() == Thread.State.WAITING);
        first.close();
        await().until(() -> turns.contains(2));
        Thread third = takeTurn(3);
        assertThat(turns).containsExactly(2);
        end.countDown();
        second.join();
        third.join();

        assertThat(turns).containsExactly(2, 3);
    }

    @Test
    void shouldFindTheOutcomeThatIsStored() throws LogException {
        try (Idempotency.Turn turn = idempotency.awaitTurn(KEY)) {
            assertThat(turn.findResponse()).isEmpty();
            log.store(KEY, new Append.Outcome.KeyReused());
            assertThat(turn.findResponse()).contains(new Append.Outcome.KeyReused());
        }
    }

    @Test
    void shouldEndTheTurnThoughTheResponseCannotBeFound() {
        log.failToFind(new LogException(LogException.Kind.UNAVAILABLE, "as the test wants it"));
        assertThatExceptionOfType(LogException.class).isThrownBy(() -> {
            try (Idempotency.Turn turn = idempotency.awaitTurn(KEY)) {
                turn.findResponse();
            }
        });

        assertThat(idempotency.keysInUse()).isZero();
    }

    @Test
    void shouldStoreTheResponseToAnAcceptedMessage() {
        PublishRequest request = PublisherRig.single("x", KEY);

        assertThat(Idempotency.isStored(request, List.of(ACCEPTED))).isTrue();
        assertThat(Idempotency.isStored(request, List.of(REFUSED))).isFalse();
    }

    @Test
    void shouldStoreTheResponseToEveryBatch() {
        PublishRequest request = PublisherRig.batch(KEY, "1", "2");

        assertThat(Idempotency.isStored(request, List.of(REFUSED, REFUSED))).isTrue();
        assertThat(Idempotency.isStored(request, List.of(REFUSED, ACCEPTED))).isTrue();
    }
}
