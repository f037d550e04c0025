package dev.tinysse.broker.publish;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Publication;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The sequence in which calls of the {@code publish} hook decide: publications are appended in this order. Knows the calls that are under
 * way. Safe for any thread.
 */
public final class DecisionSequence {
    /** The number of the call that has accepted a publication. */
    private static final Attribute<Long> NUMBER = Attribute.of("publish call", Long.class);

    private final AtomicLong begun = new AtomicLong();
    private final NavigableSet<Long> running = new ConcurrentSkipListSet<>();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicReference<CompletableFuture<Void>> last = new AtomicReference<>(
            CompletableFuture.completedFuture(null));

    /** No calls. */
    public DecisionSequence() {}

    /** Begins a call, which is closed as soon as its publication is in the rings or refused. */
    public Call begin() {
        return new Call(begun.incrementAndGet());
    }

    /** The number of the latest call. */
    public long latest() {
        return begun.get();
    }

    /** Whether all calls have been closed that began before the one with this number, and that one. */
    public boolean allClosed(long number) {
        return running.floor(number) == null;
    }

    /** Is complete as soon as all calls have been closed that began up to the one with this number. */
    public CompletableFuture<Void> whenAllClosed(long number) {
        Waiting added = new Waiting(number, new CompletableFuture<>());
        waiting.add(added);
        completeWaiting();
        return added.closed();
    }

    private void completeWaiting() {
        waiting.removeIf(next -> {
            boolean closed = allClosed(next.number());
            if (closed) {
                next.closed().complete(null);
            }
            return closed;
        });
    }

    private record Waiting(long number, CompletableFuture<Void> closed) {}

    /** The number of the call that has accepted a publication; 0 if there was none. */
    public static long number(Publication publication) {
        return publication.get(NUMBER).orElse(0L);
    }

    /** One call. For the thread that makes it. */
    public final class Call implements AutoCloseable {
        private final long number;
        private final CompletableFuture<Void> passed = new CompletableFuture<>();
        private @Nullable CompletableFuture<Void> before;

        private Call(long number) {
            this.number = number;
            running.add(number);
        }

        /** The publication, which identifies the call. */
        public Publication marked(Publication accepted) {
            return accepted.with(NUMBER, number);
        }

        /** Takes the next place in the order, unless the call has one. Waits for nothing. */
        public void takePlace() {
            if (before == null) {
                before = last.getAndSet(passed);
            }
        }

        /** Waits until all calls with earlier places have passed their turn. */
        public void awaitTurn() {
            takePlace();
            Objects.requireNonNull(before).join();
        }

        /** Lets the next call have its turn: this one is in the log, or on its way there. */
        public void passTurn() {
            passed.complete(null);
        }

        @Override
        public void close() {
            if (before != null) {
                before.join();
                passTurn();
            }
            running.remove(number);
            if (!waiting.isEmpty()) {
                completeWaiting();
            }
        }
    }
}
