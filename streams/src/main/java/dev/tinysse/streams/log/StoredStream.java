package dev.tinysse.streams.log;

import dev.tinysse.streams.json.JsonMessages;
import dev.tinysse.streams.json.Utf8Prefix;
import dev.tinysse.streams.model.ContentType;
import dev.tinysse.streams.model.Decision;
import dev.tinysse.streams.model.Expiry;
import dev.tinysse.streams.model.ForkRequest;
import dev.tinysse.streams.model.ReadStart;
import dev.tinysse.streams.model.Resolved;
import dev.tinysse.streams.model.StoreState;
import dev.tinysse.streams.model.StreamRecord;
import dev.tinysse.streams.model.StreamRequest;
import dev.tinysse.streams.model.StreamState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * A stream in memory: its state, and the bytes that it does not have in common with its source. Any thread may call any method; a lock
 * of the stream is held where state and bytes change. The bytes before a fork belong to the source, which is there as long as the fork.
 */
final class StoredStream extends ExpiryQueue.Entry implements DurableStream {
    private final LogState log;
    private final String name;
    /** Null unless it is a fork. */
    private final StoredStream source;
    private final StreamState state;
    private final StoredBytes bytes = new StoredBytes();
    /** Bytes of the log's limit that it takes. */
    private long size;
    private boolean removed;
    private int waiting;
    /** Null without watches. */
    private List<Runnable> watches;
    private volatile long touched;

    /** A stream that takes so many bytes of the limit. */
    StoredStream(LogState log, String name, StoredStream source, StreamRecord.Created created, long size,
            long now) {
        this.log = log;
        this.name = name;
        this.source = source;
        this.state = new StreamState(created);
        this.size = size;
        this.touched = now;
        store(state.base(), created.initial());
    }

    String name() {
        return name;
    }

    /** The stream that this one is a fork of. */
    Optional<StoredStream> source() {
        return Optional.ofNullable(source);
    }

    /**
     * Decides about an append, and stores it.
     *
     * @param taken bytes of the limit that have been reserved for it
     * @return the result; empty if the stream has been removed
     */
    synchronized Optional<Written> append(StreamRequest.Append request, StoreState store, long taken) {
        if (removed) {
            return Optional.empty();
        }
        Decision decision = StreamState.decide(Optional.of(state), request, store);
        if (decision instanceof Decision.Accept(StreamRecord.Appended appended)) {
            size += taken;
            long tail = state.tail();
            state.apply(appended);
            store(tail, appended);
            touch();
            changed(appended.close());
        }
        return Optional.of(new Written(decision, Optional.of(view())));
    }

    private void store(long tail, StreamRecord.Appended appended) {
        if (appended.data().length > 0) {
            bytes.append(tail, appended.data());
        }
        if (state.isClosed()) {
            bytes.close();
        }
    }

    /** Bytes of the limit that an append takes. */
    synchronized long sizeOf(StreamRequest.Append request) {
        return request.data().length == 0 && request.producer().isEmpty()
                ? 0
                : request.data().length + StoredBytes.APPEND_OVERHEAD + state.overhead(request.producer());
    }

    /** Applies a record of a kind that has no bytes. */
    synchronized void apply(StreamRecord written) {
        state.apply(written);
        changed(state.isDeleted());
    }

    /** Nothing refers to it any more. */
    synchronized long remove() {
        removed = true;
        changed(true);
        return size;
    }

    /** Wakes waits, and tells watches of the end if it has come. For a thread that has the lock. */
    private void changed(boolean ended) {
        if (waiting > 0) {
            notifyAll();
        }
        if (ended && watches != null) {
            watches.forEach(Runnable::run);
            watches = null;
        }
    }

    /** The log drains. */
    synchronized void drain() {
        changed(true);
    }

    synchronized boolean isDeleted() {
        return state.isDeleted();
    }

    /** Whether nothing needs it: it has been deleted, and has no forks. */
    synchronized boolean isUnused() {
        return state.isDeleted() && state.forks() == 0;
    }

    /** Whether somebody waits for more of it. */
    synchronized boolean isWaitedFor() {
        return waiting > 0;
    }

    /** When it expires, unless it is used before. */
    synchronized long deadline() {
        Expiry expiry = state.config().expiry();
        return waiting > 0 && expiry instanceof Expiry.Ttl ? expiry.deadline(log.now()) : expiry.deadline(touched);
    }

    /** Its state, for decisions about other streams that the caller makes with the lock of this one. */
    StreamState state() {
        return state;
    }

    @Override
    public void touch() {
        if (state.config().expiry() instanceof Expiry.Ttl) {
            touched = log.now();
        }
    }

    @Override
    public synchronized StreamView view() {
        return new StreamView(state.id(), state.config(), state.lineages(), state.tail(), state.isClosed(),
                removed || state.isDeleted(), state.config().expiry().deadline(touched));
    }

    @Override
    public boolean isDraining() {
        return log.isDraining();
    }

    @Override
    public Resolved resolve(ReadStart start) {
        StreamView now = view();
        Resolved resolved = now.resolve(start, log.epoch());
        return resolved instanceof Resolved.Position(long position) && !isBoundary(position, now)
                ? new Resolved.NeverIssued()
                : resolved;
    }

    /** The position of a fork. */
    Resolved resolve(ForkRequest fork) {
        Resolved anchor = resolve(fork.offset().orElse(new ReadStart.Tail()));
        return fork.further() > 0 && anchor instanceof Resolved.Position(long position)
                ? advance(position, fork.further())
                : anchor;
    }

    private Resolved advance(long from, long further) {
        StreamView now = view();
        if (from == now.tail()) {
            return new Resolved.NeverIssued();
        }
        StoredBytes.Append append = appendAt(from, now.tail());
        if (!now.config().type().isJson()) {
            return further > append.end() - from
                    ? new Resolved.NeverIssued()
                    : new Resolved.Position(from + further);
        }
        long at = from;
        for (long i = 0; i < further; i++) {
            if (at == append.end()) {
                return new Resolved.NeverIssued();
            }
            at = endOfMessage(append, at);
        }
        return new Resolved.Position(at);
    }

    private boolean isBoundary(long position, StreamView now) {
        if (!now.config().type().isJson() || position == 0 || position == now.tail()) {
            return true;
        }
        StoredBytes.Append append = appendAt(position, now.tail());
        long at = append.start();
        while (at < position) {
            at = endOfMessage(append, at);
        }
        return at == position;
    }

    private static long endOfMessage(StoredBytes.Append append, long from) {
        int begin = append.index(from);
        return from + JsonMessages.endOfMessage(append.bytes(), begin, append.index(append.end())) - begin;
    }

    /** The append with the byte at a position, of this stream or a source, up to the end that this stream has of it. */
    private StoredBytes.Append appendAt(long position, long tail) {
        StoredStream owner = this;
        long end = tail;
        while (position < owner.state.base()) {
            end = Math.min(end, owner.state.base());
            owner = owner.source;
        }
        synchronized (owner) {
            StoredBytes.Append whole = owner.bytes.appendAt(position);
            return new StoredBytes.Append(whole.bytes(), whole.offset(), whole.start(), Math.min(end, whole.end()));
        }
    }

    @Override
    public Page read(long from, int max, boolean ends) {
        StreamView now = view();
        long to = now.tail() - from <= max ? now.tail() : cut(from, from + max, now);
        List<ByteBuffer> parts = new ArrayList<>();
        LongStream.Builder found = LongStream.builder();
        long at = from;
        while (at < to) {
            StoredStream owner = this;
            long end = to;
            while (at < owner.state.base()) {
                end = Math.min(end, owner.state.base());
                owner = owner.source;
            }
            synchronized (owner) {
                owner.bytes.collect(at, end, parts, found, ends);
            }
            at = end;
        }
        return new Page(from, to, parts, ends ? found.build().toArray() : new long[0], now);
    }

    /** Where a page ends that cannot have more than it has up to {@code max}. */
    private long cut(long from, long max, StreamView now) {
        ContentType type = now.config().type();
        if (!type.isText()) {
            return max;
        }
        StoredBytes.Append append = appendAt(max, now.tail());
        if (append.start() == max) {
            return max;
        }
        long start = Math.max(from, append.start());
        if (!type.isJson()) {
            int begin = append.index(start);
            long whole = start + Utf8Prefix.wholeEnd(append.bytes(), begin, append.index(max)) - begin;
            return whole > from ? whole : max;
        }
        long end = start;
        for (long next = endOfMessage(append, end); next <= max; next = endOfMessage(append, end)) {
            end = next;
        }
        return end > from ? end : endOfMessage(append, end);
    }

    @Override
    public synchronized void await(long position, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        waiting++;
        try {
            long left = limit.toNanos();
            while (state.tail() <= position && !state.isClosed() && !state.isDeleted() && !removed
                    && !log.isDraining() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
                left = end - System.nanoTime();
            }
        } finally {
            waiting--;
            touch();
        }
    }

    @Override
    public synchronized Watch watch(Runnable ended) {
        if (removed || state.isClosed() || state.isDeleted() || log.isDraining()) {
            ended.run();
            return () -> {};
        }
        if (watches == null) {
            watches = new ArrayList<>(1);
        }
        watches.add(ended);
        return () -> unwatch(ended);
    }

    private synchronized void unwatch(Runnable ended) {
        if (watches != null) {
            watches.remove(ended);
            watches = watches.isEmpty() ? null : watches;
        }
    }
}
