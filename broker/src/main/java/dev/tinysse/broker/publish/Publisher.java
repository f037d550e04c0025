package dev.tinysse.broker.publish;

import dev.tinysse.api.Decision;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.internal.LogThrottle;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.nodes.OtherNodes;
import dev.tinysse.broker.progress.InFlight;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Carries out publish requests, from the hook to the log: looks up the idempotency key, calls the {@code publish} hook for each
 * publication, appends the accepted ones in the order of the hook's decisions, and replies. Safe for any thread.
 */
public final class Publisher {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int HOOK_FAILED = 500;

    private final HookCalls hooks;
    private final DecisionSequence decisions;
    private final Dispatcher dispatcher;
    private final Optional<OtherNodes> others;
    private final Idempotency idempotency;
    private final LogAppender appender;
    private final InFlight inFlight = new InFlight();
    private final LongAdder published = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LogThrottle fullLines = LogThrottle.perInterval(Duration.ofSeconds(1), System::nanoTime);
    private volatile boolean closed;

    /**
     * A publisher for a log that is followed.
     *
     * @param hooks to call
     * @param decisions the sequence of the hook's decisions
     * @param log that takes the publications
     * @param dispatcher counts the streams of this node
     * @param backPressure lets publishers wait for fan-out threads
     * @param others count the streams of other nodes
     */
    @SuppressWarnings("exports") // only the broker constructs one; other modules see requests and replies
    public Publisher(HookCalls hooks, DecisionSequence decisions, EventLog log, Dispatcher dispatcher,
            BackPressure backPressure, Optional<OtherNodes> others) {
        this.hooks = hooks;
        this.decisions = decisions;
        this.dispatcher = dispatcher;
        this.others = others;
        this.idempotency = new Idempotency(log);
        this.appender = log.hasHistory() || log.shared().isPresent()
                ? new LogAppender(log, backPressure, hooks)
                : new InProcessAppender(log, backPressure, hooks);
    }

    /**
     * Carries out a request, unless its response is stored.
     *
     * @param request to carry out
     * @return the reply, when the record is durable at the level of the log
     * @throws HookException if there is one publication and the hook failed, which is logged
     */
    public PublishReply publish(PublishRequest request) {
        return carryOut(request, hooks.has(Hook.PUBLISH));
    }

    /**
     * Carries out a request of an operator or a script, unless its response is stored.
     *
     * @param request to carry out
     * @return the reply, when the record is durable at the level of the log
     */
    public PublishReply publishWithoutHook(PublishRequest request) {
        return carryOut(request, false);
    }

    private PublishReply carryOut(PublishRequest request, boolean withHook) {
        inFlight.begin();
        try {
            if (closed) {
                return PublishReply.Failure.STOPPING;
            }
            return withHook ? decideOnce(request) : append(request, acceptAll(request), () -> {});
        } catch (LogException e) {
            return failed(e);
        } finally {
            inFlight.end();
        }
    }

    private PublishReply decideOnce(PublishRequest request) throws LogException {
        if (request.key().isEmpty()) {
            return decideAndAppend(request);
        }
        try (Idempotency.Turn turn = idempotency.awaitTurn(request.key().get())) {
            Optional<Append.Outcome> response = turn.findResponse();
            return response.isPresent() ? repeated(response.get()) : decideAndAppend(request);
        }
    }

    private PublishReply decideAndAppend(PublishRequest request) throws LogException {
        try (DecisionSequence.Call call = decisions.begin()) {
            List<Decision<Publication>> decided = decide(request, call);
            for (Decision<Publication> decision : decided) {
                if (decision instanceof Decision.Accepted) {
                    call.awaitTurn();
                    return append(request, decided, call::passTurn);
                }
            }
            return append(request, decided, () -> {});
        }
    }

    private List<Decision<Publication>> decide(PublishRequest request, DecisionSequence.Call call) {
        List<Decision<Publication>> decided = new ArrayList<>(request.publications().size());
        for (Publication publication : request.publications()) {
            Decision<Publication> decision = decide(publication, call, request.batch());
            decided.add(hooks.has(Hook.CATCHUP) ? marked(decision, call) : decision);
        }
        return decided;
    }

    /** If the hook fails on a publication of a batch, that publication is rejected. */
    private Decision<Publication> decide(Publication publication, DecisionSequence.Call call, boolean batch) {
        try {
            return hooks.publish(publication, call::takePlace);
        } catch (HookException e) {
            if (!batch) {
                throw e;
            }
            return Decision.refuse(Refusal.of(HOOK_FAILED, String.valueOf(e.getMessage())));
        }
    }

    /** A stream that resumes may have to tell messages apart by their calls. */
    private static Decision<Publication> marked(Decision<Publication> decision, DecisionSequence.Call call) {
        return decision.accepted().map(call::marked).map(Decision::accept).orElse(decision);
    }

    private static List<Decision<Publication>> acceptAll(PublishRequest request) {
        return request.publications().stream().<Decision<Publication>>map(Decision::accept).toList();
    }

    private PublishReply append(PublishRequest request, List<Decision<Publication>> decided, Runnable passTurn)
            throws LogException {
        List<Append.Item> items = items(decided);
        if (request.key().isPresent() && Idempotency.isStored(request, decided)) {
            return appendOnce(request.key().get(), decided, items, passTurn);
        }
        return completed(results(decided, items.isEmpty() ? List.of() : appender.append(items, passTurn)));
    }

    /** The numbers of the response are those before the append, since the log stores the response with the messages. */
    private PublishReply appendOnce(PublishKey key, List<Decision<Publication>> decided, List<Append.Item> items,
            Runnable passTurn) throws LogException {
        Append append = new Append(items, key,
                results(decided, items.stream().map(item -> preview(item.publication().channel())).toList()));
        Append.Outcome outcome = appender.appendOnce(append, passTurn);
        return outcome instanceof Append.Outcome.Committed(List<PublishResult.Accepted> accepted)
                ? completed(append.results(ids(accepted)))
                : repeated(outcome);
    }

    private PublishResult.Accepted preview(String channel) {
        PublishResult.Accepted here = dispatcher.preview(channel);
        return others.isEmpty() ? here : here.plusSubscribers(others.get().subscribers(channel));
    }

    /** None without history, and none if the log has appended the messages but not handed them on in time. */
    private List<String> ids(List<PublishResult.Accepted> accepted) {
        List<String> ids = accepted.stream().flatMap(result -> result.id().stream()).toList();
        return ids.size() == accepted.size() ? ids : List.of();
    }

    private List<Append.Item> items(List<Decision<Publication>> decided) {
        List<Append.Item> items = new ArrayList<>(decided.size());
        for (Decision<Publication> decision : decided) {
            if (decision instanceof Decision.Accepted<Publication>(Publication accepted)
                    && !accepted.message().isEmpty()) {
                items.add(appender.item(accepted));
            }
        }
        return items;
    }

    private List<PublishResult> results(List<Decision<Publication>> decided, List<PublishResult.Accepted> accepted) {
        List<PublishResult> results = new ArrayList<>(decided.size());
        Iterator<PublishResult.Accepted> next = accepted.iterator();
        for (Decision<Publication> decision : decided) {
            results.add(switch (decision) {
                case Decision.Accepted(Publication publication) when publication.message().isEmpty() ->
                    new PublishResult.Empty(dispatcher.queued(publication.channel()));
                case Decision.Accepted(_) -> next.next();
                case Decision.Refused(Refusal refusal) -> new PublishResult.Rejected(refusal);
            });
        }
        return results;
    }

    private PublishReply completed(List<PublishResult> results) {
        for (PublishResult result : results) {
            (result instanceof PublishResult.Rejected ? rejected : published).increment();
        }
        return new PublishReply.Completed(results);
    }

    private static PublishReply repeated(Append.Outcome outcome) {
        return outcome instanceof Append.Outcome.Repeated(List<PublishResult> results)
                ? new PublishReply.Completed(results)
                : new PublishReply.KeyReused();
    }

    private PublishReply failed(LogException failure) {
        String line = "a message was not published: " + failure.getMessage();
        if (failure.kind() == LogException.Kind.FULL) {
            fullLines.log(LOG, Level.WARNING, line, line);
        } else {
            LOG.log(Level.DEBUG, line);
        }
        return PublishReply.Failure.of(failure);
    }

    /** Rejects all further requests. */
    public void close() {
        closed = true;
    }

    /**
     * Waits for the requests that are being carried out.
     *
     * @param limit how long to wait
     * @return whether there was none at some moment within the time
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitNone(Duration limit) throws InterruptedException {
        return inFlight.awaitNone(limit);
    }

    /** {@return the number of requests that are being carried out} */
    public int inFlight() {
        return inFlight.count();
    }

    /** {@return the number of messages that were published on this node} */
    public long published() {
        return published.sum();
    }

    /** {@return the number of messages that the hook has rejected} */
    public long rejected() {
        return rejected.sum();
    }

    /** Writes to the server's log how many messages found no room since that was last written. */
    public void logCounted() {
        fullLines.logWithheld(LOG, Level.WARNING);
    }
}
