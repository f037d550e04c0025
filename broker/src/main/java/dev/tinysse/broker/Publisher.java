package dev.tinysse.broker;

import dev.tinysse.api.Decision;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Request;
import dev.tinysse.api.internal.LogThrottle;
import dev.tinysse.broker.delivery.BrokerParts;
import dev.tinysse.broker.delivery.InFlight;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.PublishCalls;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.log.Receipt;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/**
 * Asks the {@code publish} hook about publications, and appends to the log what that accepts. Safe for any thread.
 */
final class Publisher {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int HOOK_FAILED = 500;
    private static final List<String> SECRETS = List.of("authorization", "proxy-authorization", "cookie",
            "x-api-key");

    private final EventLog log;
    private final Dispatcher dispatcher;
    private final HookCalls hooks;
    private final PublishCalls calls;
    private final BackPressure backPressure;
    private final KeyLocks keys = new KeyLocks();
    private final Optional<SharedStreams> others;
    private final InFlight publishing = new InFlight();
    /** Without history, held by a request with several publications, so that these stand together, and shared by all others. */
    private final StampedLock together = new StampedLock();
    private final boolean oneByOne;
    private final LogThrottle refused = LogThrottle.perInterval(Duration.ofSeconds(1), System::nanoTime);
    private final PublishCounts counts = new PublishCounts();
    private volatile boolean closed;

    Publisher(BrokerParts parts, Optional<SharedStreams> others) {
        this.others = others;
        this.log = parts.log();
        this.dispatcher = parts.dispatcher();
        this.hooks = parts.hooks().calls();
        this.calls = parts.publishCalls();
        this.backPressure = parts.backPressure();
        this.oneByOne = parts.config().channels() && !log.keeps() && !log.isShared();
    }

    /** Carries out a request, unless its response is stored. */
    PublishOutcome publish(PublishRequest request) {
        return publish(() -> hooks.has(Hook.PUBLISH) ? askAndAppend(request) : appendAll(request));
    }

    /** Carries out a request without the hook. */
    PublishOutcome publishUnasked(PublishRequest request) {
        return publish(() -> appendAll(request));
    }

    private PublishOutcome publish(Supplier<PublishOutcome> work) {
        publishing.begin();
        try {
            return closed ? new PublishOutcome.Draining() : work.get();
        } finally {
            publishing.end();
        }
    }

    /** Takes no more. */
    void close() {
        closed = true;
    }

    /** Writes to the log how many messages were refused since that was last written. */
    void logCounted() {
        refused.logWithheld(LOG, Level.WARNING);
    }

    /** The counts of published messages. */
    PublishCounts counts() {
        return counts;
    }

    /** The publications that are under way. */
    InFlight publishing() {
        return publishing;
    }

    /** Of requests with one key, one at a time asks the hook, and none for a response that is stored. */
    private PublishOutcome askAndAppend(PublishRequest request) {
        if (request.key().isEmpty()) {
            return ask(request);
        }
        try (KeyLocks.Held _ = keys.lock(request.key().get().name())) {
            Optional<Append.Outcome> stored = log.find(request.key().get());
            return stored.isPresent() ? repeated(stored.get()) : ask(request);
        } catch (LogException e) {
            return failed(e);
        }
    }

    private static PublishOutcome repeated(Append.Outcome stored) {
        return stored instanceof Append.Outcome.Repeated(List<PublishResult> results)
                ? new PublishOutcome.Done(results)
                : new PublishOutcome.KeyReused();
    }

    private PublishOutcome ask(PublishRequest request) {
        try (PublishCalls.Call call = calls.begin()) {
            List<Decision<Publication>> decisions = new ArrayList<>(request.publications().size());
            boolean accepted = false;
            for (Publication publication : request.publications()) {
                Decision<Publication> decision = decide(publication, call, request.batch());
                decisions.add(hooks.has(Hook.CATCHUP) ? marked(decision, call) : decision);
                accepted |= decision instanceof Decision.Accepted;
            }
            if (accepted) {
                call.awaitTurn();
                return append(request, decisions, call::passTurn);
            }
            return append(request, decisions, () -> {});
        }
    }

    private PublishOutcome appendAll(PublishRequest request) {
        return append(request, request.publications().stream().<Decision<Publication>>map(Decision::accept).toList(),
                () -> {});
    }

    /** A publication of a batch on which the hook fails is as one that it refuses. */
    private Decision<Publication> decide(Publication publication, PublishCalls.Call call, boolean batch) {
        try {
            return hooks.publish(publication, call::takePlace);
        } catch (HookException e) {
            if (!batch) {
                throw e;
            }
            return Decision.refuse(Refusal.of(HOOK_FAILED, e.getMessage()));
        }
    }

    /** A stream that resumes may have to tell messages apart by their calls. */
    private static Decision<Publication> marked(Decision<Publication> decision, PublishCalls.Call call) {
        return decision.accepted().map(call::marked).map(Decision::accept).orElse(decision);
    }

    private PublishOutcome append(PublishRequest request, List<Decision<Publication>> decisions, Runnable sequence) {
        List<Append.Item> items = new ArrayList<>(decisions.size());
        for (Decision<Publication> decision : decisions) {
            if (decision instanceof Decision.Accepted<Publication>(Publication accepted)
                    && !accepted.message().isEmpty()) {
                items.add(item(accepted));
            }
        }
        boolean stored = request.key().isPresent()
                && (request.batch() || decisions.getFirst() instanceof Decision.Accepted);
        try {
            if (stored) {
                return appendOnce(decisions, items, request.key().get(), sequence);
            }
            return done(results(decisions, items.isEmpty() ? List.of() : append(items, sequence)));
        } catch (LogException e) {
            return failed(e);
        }
    }

    private PublishOutcome done(List<PublishResult> results) {
        results.forEach(counts::add);
        return new PublishOutcome.Done(results);
    }

    private Append.Item item(Publication publication) {
        if (!log.keeps() && !log.isShared()) {
            return new Append.Item(publication.withRequest(withoutClaims(publication.request())), Optional.empty());
        }
        return new Append.Item(publication.withRequest(withoutSecrets(publication.request())),
                hooks.save(publication));
    }

    /** Claims are for {@code publish} alone, so that later hooks see the same, whether a message is live or replayed. */
    private static Request withoutClaims(Request request) {
        return request.claims().isEmpty() ? request : request.withClaims(Map.of());
    }

    private static Request withoutSecrets(Request request) {
        if (!hasSecrets(request.headers())) {
            return withoutClaims(request);
        }
        Map<String, String> others = new HashMap<>(request.headers());
        SECRETS.forEach(others::remove);
        return new Request(request.method(), request.uri(), request.path(), request.query(), request.ip(),
                request.port(), others);
    }

    private static boolean hasSecrets(Map<String, String> headers) {
        for (String secret : SECRETS) {
            if (headers.containsKey(secret)) {
                return true;
            }
        }
        return false;
    }

    /** Messages of one request are next to each other. Without history they go one by one, so that the rings have room for all. */
    private List<Receipt> append(List<Append.Item> items, Runnable sequence) throws LogException {
        if (!oneByOne) {
            return receipts(new Append(items), sequence);
        }
        boolean alone = items.size() == 1;
        long stamp = alone ? together.readLock() : together.writeLock();
        try {
            List<Receipt> receipts = new ArrayList<>(items.size());
            for (Append.Item item : items) {
                receipts.addAll(receipts(new Append(List.of(item)), () -> {}));
            }
            return receipts;
        } finally {
            together.unlock(stamp);
            sequence.run();
        }
    }

    private List<Receipt> receipts(Append append, Runnable sequence) throws LogException {
        return ((Append.Outcome.Committed) outcome(append, sequence)).receipts();
    }

    /** Appends, lets others append, and waits until it is durable, and for fan-out threads that are far behind. */
    private Append.Outcome outcome(Append append, Runnable sequence) throws LogException {
        if (log.isShared()) { // its follower waits for the fan-out threads, whichever node publishes
            return await(append, sequence);
        }
        backPressure.begin();
        try {
            return await(append, sequence);
        } finally {
            backPressure.end();
        }
    }

    private Append.Outcome await(Append append, Runnable sequence) throws LogException {
        try {
            log.append(append);
            sequence.run();
            return append.outcome().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LogException failure
                    ? failure
                    : new LogException(LogException.Kind.UNAVAILABLE, "append failed: " + e.getCause(), e);
        }
    }

    /** The response is settled before the append, since the log stores it with the messages. */
    private PublishOutcome appendOnce(List<Decision<Publication>> decisions, List<Append.Item> items, PublishKey key,
            Runnable sequence) throws LogException {
        Append append = new Append(items, key, results(decisions,
                items.stream().map(item -> preview(item.publication().channel())).toList()));
        long stamp = oneByOne ? together.writeLock() : 0;
        try {
            return outcome(append, sequence) instanceof Append.Outcome.Committed(List<Receipt> receipts)
                    ? done(append.results(ids(receipts)))
                    : repeated(append.outcome().join());
        } finally {
            if (oneByOne) {
                together.unlock(stamp);
            }
        }
    }

    /** None without history, and none if the log has appended the messages but not handed them on in time. */
    private List<String> ids(List<Receipt> receipts) {
        List<String> ids = receipts.stream().flatMap(receipt -> receipt.id().stream()).toList();
        return log.keeps() && ids.size() == receipts.size() ? ids : List.of();
    }

    private Receipt preview(String channel) {
        Receipt here = dispatcher.preview(channel, true);
        return others.map(all -> new Receipt(here.queued(), here.subscribers() + all.nodes().subscribers(channel),
                here.id())).orElse(here);
    }

    private List<PublishResult> results(List<Decision<Publication>> decisions, List<Receipt> receipts) {
        List<PublishResult> results = new ArrayList<>(decisions.size());
        var next = receipts.iterator();
        for (Decision<Publication> decision : decisions) {
            results.add(switch (decision) {
                case Decision.Accepted(Publication accepted) when accepted.message().isEmpty() ->
                    new PublishResult.Empty(dispatcher.preview(accepted.channel(), false));
                case Decision.Accepted(_) -> new PublishResult.Accepted(next.next());
                case Decision.Refused(var refusal) -> new PublishResult.Refused(refusal);
            });
        }
        return results;
    }

    private PublishOutcome failed(LogException failure) {
        String line = "a message was not published: " + failure.getMessage();
        if (failure.kind() == LogException.Kind.FULL) {
            refused.log(LOG, Level.WARNING, line, line);
            return new PublishOutcome.HistoryFull();
        }
        LOG.log(Level.DEBUG, line);
        return new PublishOutcome.Unavailable(failure.kind());
    }
}
