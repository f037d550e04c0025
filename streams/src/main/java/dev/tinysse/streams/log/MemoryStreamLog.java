package dev.tinysse.streams.log;

import dev.tinysse.streams.model.Decision;
import dev.tinysse.streams.model.Resolved;
import dev.tinysse.streams.model.StoreState;
import dev.tinysse.streams.model.StreamRecord;
import dev.tinysse.streams.model.StreamRequest;
import dev.tinysse.streams.model.StreamState;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Durable streams in memory, up to a limit. Any thread may call any method. An append has the lock of its stream; what changes which
 * streams there are has one of the log, and takes those of streams after it.
 */
public final class MemoryStreamLog implements StreamLog {
    /** Bytes of the limit that a stream takes besides its name and data. */
    private static final long STREAM_OVERHEAD = 400;
    /** Time after which the queue is looked at even though nothing is due: the system's clock may be set. */
    private static final long MAX_SLEEP_MILLIS = 1000;

    private final long maxSize;
    private final LogState state;
    private final ConcurrentHashMap<String, StoredStream> streams = new ConcurrentHashMap<>();
    private final AtomicLong size = new AtomicLong();
    private final ReentrantLock structure = new ReentrantLock();
    private final Condition earlier = structure.newCondition();
    /** Guarded by the lock of the log. */
    private final ExpiryQueue queue = new ExpiryQueue();
    /** Guarded by the lock of the log. */
    private boolean closed;

    /**
     * An empty log.
     *
     * @param maxSize bytes that all streams may take
     * @param clock what time it is
     */
    public MemoryStreamLog(long maxSize, InstantSource clock) {
        this.maxSize = maxSize;
        this.state = new LogState(clock);
    }

    /** Deletes streams that expire, from now on; without it they are only found out when somebody requests them. */
    public void start() {
        Thread.ofVirtual().name("tinysse-stream-expiry").start(this::expireInTime);
    }

    @Override
    public Written create(String name, StreamRequest.Create request) {
        long taken = STREAM_OVERHEAD + name.length() + request.data().length;
        boolean reserved = tryReserve(taken);
        structure.lock();
        try {
            Optional<StoredStream> existing = live(name);
            Optional<StoredStream> source = request.fork().flatMap(fork -> live(fork.source()));
            Decision decision = decide(existing, source, request, state.store(reserved));
            if (!(decision instanceof Decision.Accept(StreamRecord.Created created))) {
                release(reserved ? taken : 0);
                return new Written(decision, existing.map(StoredStream::view));
            }
            source.ifPresent(forked -> forked.apply(new StreamRecord.Forked(1)));
            StoredStream stream = new StoredStream(state, name, source.orElse(null), created, taken, state.now());
            streams.put(name, stream);
            enqueue(stream);
            return new Written(decision, Optional.of(stream.view()));
        } finally {
            structure.unlock();
        }
    }

    private static Decision decide(Optional<StoredStream> existing, Optional<StoredStream> source,
            StreamRequest.Create request, StoreState store) {
        Optional<StreamState> present = existing.map(StoredStream::state);
        if (request.fork().isEmpty()) {
            return withLock(existing, () -> StreamState.decide(present, request, store));
        }
        Resolved point = existing.isEmpty() && source.isPresent()
                ? source.get().resolve(request.fork().get())
                : new Resolved.NeverIssued();
        return withLock(existing, () -> withLock(source, () -> StreamState.decideFork(present,
                source.map(StoredStream::state), point, request, store)));
    }

    private static Decision withLock(Optional<StoredStream> stream, Supplier<Decision> decision) {
        if (stream.isEmpty()) {
            return decision.get();
        }
        synchronized (stream.get()) {
            return decision.get();
        }
    }

    @Override
    public Written append(String name, StreamRequest.Append request) {
        while (true) {
            Optional<StoredStream> found = live(name);
            if (found.isEmpty()) {
                return new Written(StreamState.decide(Optional.empty(), request, state.store(true)), Optional.empty());
            }
            long taken = found.get().sizeOf(request);
            boolean reserved = tryReserve(taken);
            Optional<Written> written = found.get().append(request, state.store(reserved), taken);
            boolean accepted = written.isPresent() && written.get().decision() instanceof Decision.Accept;
            if (reserved && !accepted) {
                release(taken);
            }
            if (written.isPresent()) {
                return written.get();
            }
        }
    }

    @Override
    public Written delete(String name) {
        structure.lock();
        try {
            Optional<StoredStream> found = live(name);
            Decision decision = StreamState.decideDelete(found.map(StoredStream::state));
            if (decision instanceof Decision.Accept) {
                delete(found.get());
            }
            return new Written(decision, Optional.empty());
        } finally {
            structure.unlock();
        }
    }

    /** Deletes a stream, and those that were only there for its sake. For a thread that has the lock of the log. */
    private void delete(StoredStream stream) {
        stream.apply(new StreamRecord.Deleted());
        queue.remove(stream);
        Optional<StoredStream> unused = Optional.of(stream).filter(StoredStream::isUnused);
        while (unused.isPresent()) {
            StoredStream removed = unused.get();
            streams.remove(removed.name(), removed);
            release(removed.remove());
            removed.source().ifPresent(source -> source.apply(new StreamRecord.Forked(-1)));
            unused = removed.source().filter(StoredStream::isUnused);
        }
    }

    @Override
    public Found find(String name) {
        return live(name).<Found>map(
                stream -> stream.isDeleted() ? new Found.SoftDeleted() : new Found.Present(stream))
                .orElse(new Found.Missing());
    }

    /** The stream of a name, unless it has expired. */
    private Optional<StoredStream> live(String name) {
        StoredStream stream = streams.get(name);
        if (stream == null) {
            return Optional.empty();
        }
        if (stream.deadline() <= state.now() && !stream.isDeleted()) {
            expire(stream);
            return Optional.ofNullable(streams.get(name));
        }
        return Optional.of(stream);
    }

    private void expire(StoredStream stream) {
        structure.lock();
        try {
            if (streams.get(stream.name()) == stream && !stream.isDeleted() && stream.deadline() <= state.now()) {
                delete(stream);
            }
        } finally {
            structure.unlock();
        }
    }

    private void enqueue(StoredStream stream) {
        long deadline = stream.deadline();
        if (deadline < Long.MAX_VALUE) {
            queue.put(stream, deadline);
            earlier.signal();
        }
    }

    private void expireInTime() {
        structure.lock();
        try {
            while (!closed) {
                long next = expireDue();
                earlier.await(Math.clamp(next - state.now(), 1, MAX_SLEEP_MILLIS), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            structure.unlock();
        }
    }

    /**
     * Deletes the streams that have expired.
     *
     * @return when to look again, in milliseconds since 1970
     */
    long expireDue() {
        structure.lock();
        try {
            Optional<ExpiryQueue.Entry> first = queue.first();
            while (first.isPresent() && first.get().until() <= state.now()) {
                StoredStream due = (StoredStream) first.get();
                if (due.deadline() <= state.now()) {
                    delete(due);
                } else {
                    queue.put(due, due.deadline());
                }
                first = queue.first();
            }
            return first.map(ExpiryQueue.Entry::until).orElse(Long.MAX_VALUE);
        } finally {
            structure.unlock();
        }
    }

    /** Takes bytes of the limit, if there are as many. */
    private boolean tryReserve(long bytes) {
        if (size.addAndGet(bytes) <= maxSize || bytes == 0) {
            return true;
        }
        release(bytes);
        return false;
    }

    private void release(long bytes) {
        size.addAndGet(-bytes);
    }

    @Override
    public boolean isDraining() {
        return state.isDraining();
    }

    /** {@return bytes of the limit that are in use} */
    public long size() {
        return size.get();
    }

    /** {@return streams there are, deleted ones with forks among them} */
    public int count() {
        return streams.size();
    }

    @Override
    public void drain() {
        state.drain();
        streams.values().forEach(StoredStream::drain);
    }

    @Override
    public void close() {
        drain();
        structure.lock();
        try {
            closed = true;
            earlier.signal();
        } finally {
            structure.unlock();
        }
    }
}
