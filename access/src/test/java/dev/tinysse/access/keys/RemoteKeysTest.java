package dev.tinysse.access.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.server.pem.PemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often a key set is fetched, and what stays if that fails. */
@Timeout(60)
class RemoteKeysTest {
    private final AtomicLong nanos = new AtomicLong(7);
    private final AtomicInteger fetches = new AtomicInteger();
    private final KeyRing ring = new KeyRing(_ -> true);
    private volatile boolean down;
    private final RemoteKeys remote = new RemoteKeys("test", this::fetch, ring, nanos::get);

    private List<VerificationKey> fetch() throws PemException {
        fetches.incrementAndGet();
        if (down) {
            throw new PemException("down");
        }
        return List.of(VerificationKey.ofSecret(new byte[32]));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        remote.fetchIfDue();
    }

    private void awaitFetches(int count) {
        await().until(() -> fetches.get() == count);
    }

    @Test
    void shouldFetchAtOnceAndThenFromTimeToTime() {
        remote.fetchIfDue();
        await().until(() -> ring.current().keys().size() == 1);
        pass(RemoteKeys.MAX_AGE.minusSeconds(1));
        assertThat(fetches).hasValue(1);
        pass(Duration.ofSeconds(1));
        awaitFetches(2);
    }

    @Test
    void shouldFetchForUnknownKeysEvery30SecondsAtMost() {
        remote.fetchIfDue();
        awaitFetches(1);
        await().until(() -> ring.current().keys().size() == 1);
        while (fetches.get() == 1) { // the first fetch may still be under way, and does not count
            assertThat(remote.awaitUnknownKey()).isTrue();
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(remote.awaitUnknownKey()).isFalse();
        }
        nanos.addAndGet(RemoteKeys.PAUSE.toNanos() - 1);
        assertThat(remote.awaitUnknownKey()).isFalse();
        nanos.addAndGet(1);
        assertThat(remote.awaitUnknownKey()).isTrue();
        assertThat(fetches).hasValue(3);
    }

    @Test
    void shouldKeepTheKeysIfAFetchFails() {
        assertThat(remote.awaitUnknownKey()).isTrue();
        KeySet keys = ring.current();
        down = true;
        pass(RemoteKeys.MAX_AGE);
        awaitFetches(2);
        assertThat(ring.current()).isSameAs(keys);
    }

    @Test
    void shouldTryAgainSoonAsLongAsThereAreNoKeys() {
        down = true;
        remote.fetchIfDue();
        awaitFetches(1);
        down = false;
        await().until(() -> {
            pass(RemoteKeys.RETRY);
            return ring.current().keys().size() == 1;
        });
    }

    @Test
    void shouldLetAllWaitForOneFetch() throws Exception {
        Semaphore entered = new Semaphore(0);
        Semaphore permits = new Semaphore(0);
        RemoteKeys slow = new RemoteKeys("test", () -> {
            fetches.incrementAndGet();
            entered.release();
            permits.acquire();
            return List.of();
        }, ring, nanos::get);
        slow.fetchIfDue();
        entered.acquire();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(Thread.startVirtualThread(slow::awaitUnknownKey));
        }
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        permits.release(2);
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(fetches).hasValue(1);
    }
}
