package dev.tinysse.streams.model;

import java.util.Optional;

/**
 * The state of a stream: a fold over its records. {@link #decide} says which record a request becomes, {@link #apply} what a record
 * changes; neither does anything else. For one thread at a time.
 */
public final class StreamState {
    /** Forks of forks. */
    public static final int MAX_LEVEL = 1000;

    private final long id;
    private final StreamConfig config;
    private final ForkOrigin origin;
    private final int level;
    private Lineages lineages;
    private long tail;
    private int forks;
    private boolean closed;
    private boolean deleted;
    /** Null until there is one. */
    private String seq;
    private Producers producers;
    private Producer closer;

    /**
     * A stream that has just been created.
     *
     * @param created its first record
     */
    public StreamState(StreamRecord.Created created) {
        id = created.id();
        config = created.config();
        origin = created.origin().orElse(null);
        level = created.level();
        lineages = created.lineages();
        tail = base();
        apply(created.initial());
    }

    /**
     * Applies a record of this stream.
     *
     * @param written any but the first one
     */
    public void apply(StreamRecord written) {
        switch (written) {
            case StreamRecord.Appended appended -> append(appended);
            case StreamRecord.Deleted _ -> deleted = true;
            case StreamRecord.Forked(int change) -> forks += change;
            case StreamRecord.Created _ ->
                throw new IllegalArgumentException("the stream exists already: id=" + id);
        }
    }

    private void append(StreamRecord.Appended appended) {
        if (appended.lineage() != 0) {
            lineages = lineages.with(appended.lineage(), tail);
        }
        tail += appended.data().length;
        appended.seq().ifPresent(text -> seq = text);
        appended.producer().ifPresent(this::remember);
        if (appended.close()) {
            closed = true;
            closer = appended.producer().orElse(null);
        }
    }

    private void remember(Producer producer) {
        if (producers == null) {
            producers = new Producers();
        }
        producers.accept(producer);
    }

    /**
     * Decides about a request to create a stream that is no fork.
     *
     * @param existing the stream of this name, if there is one
     * @param request what is requested
     * @param store what the store has for it
     */
    public static Decision decide(Optional<StreamState> existing, StreamRequest.Create request, StoreState store) {
        if (existing.isPresent()) {
            return existing.get().decide(request);
        }
        return store.full()
                ? new Decision.Full()
                : new Decision.Accept(created(request, request.config(), Optional.empty(), 0, Lineages.NONE, store));
    }

    /**
     * Decides about a request to create a fork.
     *
     * @param existing the stream of this name, if there is one
     * @param source of the fork, if it exists
     * @param point where the fork begins, as the source's bytes say
     * @param request what is requested
     * @param store what the store has for it
     */
    public static Decision decideFork(Optional<StreamState> existing, Optional<StreamState> source, Resolved point,
            StreamRequest.Create request, StoreState store) {
        if (existing.isPresent()) {
            return existing.get().decide(request);
        }
        return source.isEmpty() ? new Decision.SourceMissing() : source.get().fork(request, point, store);
    }

    private Decision decide(StreamRequest.Create again) {
        return matches(again) ? new Decision.Exists() : new Decision.Conflict();
    }

    private Decision fork(StreamRequest.Create request, Resolved point, StoreState store) {
        if (deleted) {
            return new Decision.SourceDeleted();
        }
        if (request.typed() && !request.config().type().matches(config.type())) {
            return new Decision.OtherType(config.type());
        }
        if (level == MAX_LEVEL) {
            return new Decision.ForkDepth();
        }
        if (store.full()) {
            return new Decision.Full();
        }
        return switch (point) {
            case Resolved.NeverIssued _ -> new Decision.ForkBeyond();
            case Resolved.Lost _ -> new Decision.ForkLost();
            case Resolved.Position(long position) -> {
                StreamConfig wanted = request.config();
                StreamConfig inherited = new StreamConfig(request.typed() ? wanted.type() : config.type(),
                        wanted.ownExpiry() ? wanted.expiry() : config.expiry(), wanted.ownExpiry(),
                        wanted.eventHeaders());
                ForkOrigin from = new ForkOrigin(request.fork().orElseThrow(), position);
                yield new Decision.Accept(created(request, inherited, Optional.of(from), level + 1,
                        lineages.before(position), store));
            }
        };
    }

    private static StreamRecord.Created created(StreamRequest.Create request, StreamConfig config,
            Optional<ForkOrigin> origin, int level, Lineages lineages, StoreState store) {
        long lineage = request.data().length > 0 ? store.next() : 0;
        return new StreamRecord.Created(store.next(), config, origin, level, lineages,
                new StreamRecord.Appended(request.data(), lineage, Optional.empty(), Optional.empty(),
                        request.close()));
    }

    private boolean matches(StreamRequest.Create again) {
        StreamConfig wanted = again.config();
        boolean sameType = origin != null && !again.typed() || config.type().matches(wanted.type());
        boolean sameExpiry = config.ownExpiry() == wanted.ownExpiry()
                && (!config.ownExpiry() || config.expiry().equals(wanted.expiry()));
        return !deleted && closed == again.close() && sameType && sameExpiry
                && again.fork().equals(origin().map(ForkOrigin::request))
                && config.eventHeaders().equals(wanted.eventHeaders());
    }

    /**
     * Decides about a request to append or close, with the precedence of section 5.2 of the protocol: closed, content type, producer,
     * sequence.
     *
     * @param state of the stream, if there is one
     * @param request what is requested
     * @param store what the store has for it
     */
    public static Decision decide(Optional<StreamState> state, StreamRequest.Append request, StoreState store) {
        return state.isEmpty() ? new Decision.Missing() : state.get().decide(request, store);
    }

    private Decision decide(StreamRequest.Append request, StoreState store) {
        if (request.id() != 0 && request.id() != id) {
            return new Decision.Missing();
        }
        if (deleted) {
            return new Decision.SoftDeleted();
        }
        if (closed) {
            return decideClosed(request);
        }
        if (request.data().length > 0 && !request.type().filter(config.type()::matches).isPresent()) {
            return new Decision.OtherType(config.type());
        }
        Optional<Decision> refused = request.producer().flatMap(this::check);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (seq != null && request.seq().isPresent() && request.seq().get().compareTo(seq) <= 0) {
            return new Decision.SequenceRegression(seq);
        }
        if (store.full()) {
            return new Decision.Full();
        }
        boolean grows = request.data().length > 0 && !lineages.isCurrent(base(), store.epoch().run());
        return new Decision.Accept(new StreamRecord.Appended(request.data(), grows ? store.next() : 0,
                request.producer(), request.seq(), request.close()));
    }

    private Decision decideClosed(StreamRequest.Append request) {
        if (request.producer().isEmpty()) {
            return request.close() && request.data().length == 0
                    ? new Decision.AlreadyClosed()
                    : new Decision.Closed();
        }
        Producer producer = request.producer().get();
        if (producer.equals(closer)) {
            return new Decision.Duplicate(producer, true);
        }
        Optional<Producer> last = producer(producer.id());
        return last.isPresent() && producer.epoch() < last.get().epoch()
                ? new Decision.StaleEpoch(last.get().epoch())
                : new Decision.Closed();
    }

    /** Why an append of a producer is not accepted; empty if it is. */
    private Optional<Decision> check(Producer producer) {
        Optional<Producer> known = producer(producer.id());
        if (known.isEmpty()) {
            return producer.seq() == 0 ? Optional.empty() : Optional.of(new Decision.ProducerGap(0));
        }
        Producer last = known.get();
        if (producer.epoch() < last.epoch()) {
            return Optional.of(new Decision.StaleEpoch(last.epoch()));
        }
        if (producer.epoch() > last.epoch()) {
            return producer.seq() == 0 ? Optional.empty() : Optional.of(new Decision.EpochStart());
        }
        if (producer.seq() <= last.seq()) {
            return Optional.of(new Decision.Duplicate(last, false));
        }
        return producer.seq() == last.seq() + 1
                ? Optional.empty()
                : Optional.of(new Decision.ProducerGap(last.seq() + 1));
    }

    private Optional<Producer> producer(String name) {
        return producers == null ? Optional.empty() : producers.find(name);
    }

    /**
     * Decides about a request to delete a stream.
     *
     * @param state of the stream, if there is one
     */
    public static Decision decideDelete(Optional<StreamState> state) {
        if (state.isEmpty()) {
            return new Decision.Missing();
        }
        return state.get().deleted ? new Decision.SoftDeleted() : new Decision.Accept(new StreamRecord.Deleted());
    }

    /**
     * The bytes of the store that a record takes besides its data.
     *
     * @param producer of the record
     */
    public int overhead(Optional<Producer> producer) {
        return producer.isPresent() && producer(producer.get().id()).isEmpty()
                ? producer.get().id().length() + Producers.OVERHEAD
                : 0;
    }

    /** {@return its number, unique in the store} */
    public long id() {
        return id;
    }

    public StreamConfig config() {
        return config;
    }

    /** {@return the position at which its own bytes begin: those before are the source's} */
    public long base() {
        return origin == null ? 0 : origin.position();
    }

    /** {@return where a fork has come from; empty for other streams} */
    public Optional<ForkOrigin> origin() {
        return Optional.ofNullable(origin);
    }

    /** {@return the position behind its last byte} */
    public long tail() {
        return tail;
    }

    public boolean isClosed() {
        return closed;
    }

    /** {@return whether it has been deleted; it is there as long as it has forks} */
    public boolean isDeleted() {
        return deleted;
    }

    /** {@return the number of streams that are forks of this one} */
    public int forks() {
        return forks;
    }

    /** {@return the lineages of its offsets} */
    public Lineages lineages() {
        return lineages;
    }
}
