package dev.tinysse.broker.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users leave when their time has come, in its order, unless they stay. */
@Timeout(60)
class DeparturesTest {
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // overflows meanwhile
    private final List<String> left = new CopyOnWriteArrayList<>();
    private final Departures departures = departures(user -> left.add(user.sub));

    private Departures departures(Consumer<Present> leave) {
        return new Departures(lock, clock::get, leave);
    }

    @AfterEach
    void close() {
        departures.close();
    }

    private Present leaving(Departures of, String sub, long in) {
        Present user = new Present("a", sub);
        lock.lock();
        try {
            of.add(user, clock.get() + in);
        } finally {
            lock.unlock();
        }
        return user;
    }

    private void pass(long nanos) {
        clock.addAndGet(nanos);
        departures.signal();
    }

    @Test
    void shouldLetUsersLeaveInTheOrderOfTheirTimes() {
        leaving(departures, "late", 30);
        leaving(departures, "early", 10);
        leaving(departures, "middle", 20);
        pass(30);
        await().until(() -> left.size() == 3);

        assertThat(left).containsExactly("early", "middle", "late");
    }

    @Test
    void shouldLetNobodyLeaveBeforeTheTime() {
        Present user = leaving(departures, "ann", 1_000_000_000_000L);
        leaving(departures, "bob", 0);
        await().until(() -> left.contains("bob"));

        assertThat(left).containsExactly("bob");
        assertThat(user.isLeaving()).isTrue();
    }

    @Test
    void shouldLetAUserStay() {
        Present user = leaving(departures, "ann", 10);
        lock.lock();
        try {
            user.stay();
        } finally {
            lock.unlock();
        }
        leaving(departures, "bob", 10);
        pass(10);
        await().until(() -> left.contains("bob"));

        assertThat(left).containsExactly("bob");
    }

    @Test
    void shouldLetAUserLeaveOnceThoughItWasLeavingBefore() {
        Present user = leaving(departures, "ann", 10);
        lock.lock();
        try {
            user.stay();
            departures.add(user, clock.get() + 20);
        } finally {
            lock.unlock();
        }
        leaving(departures, "bob", 10);
        pass(10);
        await().until(() -> left.contains("bob"));
        assertThat(left).containsExactly("bob");
        pass(10);
        await().until(() -> left.contains("ann"));

        assertThat(left).containsExactly("bob", "ann");
    }

    @Test
    void shouldGoOnThoughALeaveFails() {
        Departures failing = departures(user -> {
            left.add(user.sub);
            throw new IllegalStateException("as the test wants it");
        });
        leaving(failing, "ann", 0);
        leaving(failing, "bob", 0);
        await().until(() -> left.size() == 2);
        failing.close();
    }

    @Test
    void shouldBeginAgainAfterTheLastHasLeft() {
        leaving(departures, "ann", 0);
        await().until(() -> left.contains("ann"));
        leaving(departures, "bob", 0);
        await().until(() -> left.contains("bob"));
    }

    @Test
    void shouldLetNobodyLeaveOnceClosed() {
        Present before = leaving(departures, "ann", 10);
        departures.close();
        Present after = leaving(departures, "bob", 0);
        pass(10);

        assertThat(before.isLeaving()).isTrue();
        assertThat(after.isLeaving()).isFalse();
        assertThat(left).isEmpty();
    }
}
