package dev.tinysse.cluster.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether Redis is connected; logs every change. Safe for any thread. */
final class Link {
    private static final Logger LOG = System.getLogger("tinysse");
    /** A node remains healthy for this time without Redis. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long ANSWERING = TimeUnit.SECONDS.toNanos(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Session session;
    private volatile boolean closed;
    private volatile boolean draining;
    private volatile boolean wasConnected;
    private volatile long heard = System.nanoTime();
    private String lastFailure = "";
    private boolean tried;

    /** The session, if there is one. */
    Optional<Session> current() {
        Session now = session;
        return now == null || now.isEnded() ? Optional.empty() : Optional.of(now);
    }

    /** Waits for a session other than one that has ended; nothing when the log has been closed. */
    Optional<Session> await() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && current().isEmpty()) {
                changed.await();
            }
            return closed ? Optional.empty() : current();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is a session. Whether there is, and not the end. */
    boolean awaitForReader() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && !draining && current().isEmpty()) {
                changed.await();
            }
            return !closed && !draining;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a connection has been made or has failed. */
    void awaitFirst(Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!tried && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** There is a session. */
    void connected(Session made, String version) {
        boolean again = wasConnected;
        String away = seconds(System.nanoTime() - heard);
        heard();
        lastFailure = "";
        wasConnected = true;
        change(() -> {
            session = made;
            tried = true;
        });
        LOG.log(Level.INFO, again
                ? "reconnected to the backend: server=%s version=%s away=%s".formatted(made.host(), version, away)
                : "connected to the backend: server=%s version=%s".formatted(made.host(), version));
    }

    /** The session has ended. */
    void ended(Session last) {
        change(() -> session = null);
        if (!closed) {
            LOG.log(Level.WARNING, "lost connection to the backend: " + last.cause());
        }
    }

    /** There is no session. */
    void failed(EngineException why) {
        change(() -> tried = true);
        boolean unfit = why.isUnfit();
        String line = unfit
                ? "backend cannot be used: " + why.getMessage()
                : "backend is unreachable: " + why.getMessage();
        String told = unfit ? line : wasConnected ? "away" : "not there";
        if (!closed && !told.equals(lastFailure)) {
            lastFailure = told;
            if (unfit || !wasConnected) {
                LOG.log(unfit ? Level.ERROR : Level.WARNING, line + "; retrying");
            }
        }
    }

    /** Redis has responded. */
    void heard() {
        heard = System.nanoTime();
    }

    /** Whether it is there, or was until a moment ago. */
    boolean isConnected() {
        return current().isPresent() && System.nanoTime() - heard < PATIENCE
                || wasConnected && System.nanoTime() - heard < PATIENCE;
    }

    /** Whether it has answered a moment ago, so that who asks it now does not wait for long. */
    boolean isAnswering() {
        return current().isPresent() && System.nanoTime() - heard < ANSWERING;
    }

    /** Lets no reader wait any longer. */
    void drain() {
        change(() -> draining = true);
    }

    void close() {
        change(() -> closed = true);
        Session last = session;
        if (last != null) {
            last.close();
        }
    }

    boolean isClosed() {
        return closed;
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static String seconds(long nanos) {
        return "%.1fs".formatted(nanos / 1e9);
    }
}
