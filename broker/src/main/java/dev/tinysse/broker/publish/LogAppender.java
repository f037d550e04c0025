package dev.tinysse.broker.publish;

import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * Appends to the log, and waits until that is durable and until the fan-out threads have caught up. The messages of one request are
 * next to each other. Safe for any thread.
 */
class LogAppender {
    private static final List<String> SECRETS = List.of("authorization", "proxy-authorization", "cookie",
            "x-api-key");

    private final EventLog log;
    private final BackPressure backPressure;
    private final boolean shared;
    private final HookCalls hooks;

    LogAppender(EventLog log, BackPressure backPressure, HookCalls hooks) {
        this.log = log;
        this.backPressure = backPressure;
        this.shared = log.shared().isPresent();
        this.hooks = hooks;
    }

    /** What is appended of a publication: as it leaves this process, it has what hooks may ask of it, and no secrets. */
    Append.Item item(Publication publication) {
        return new Append.Item(publication.withRequest(withoutSecrets(publication.request())), hooks.save(publication));
    }

    private static Request withoutSecrets(Request request) {
        if (!hasSecrets(request.headers())) {
            return withoutClaims(request);
        }
        Map<String, String> headers = new HashMap<>(request.headers());
        SECRETS.forEach(headers::remove);
        return new Request(request.method(), request.uri(), request.path(), request.query(), request.ip(),
                request.port(), headers);
    }

    private static boolean hasSecrets(Map<String, String> headers) {
        for (String secret : SECRETS) {
            if (headers.containsKey(secret)) {
                return true;
            }
        }
        return false;
    }

    /** Claims are for {@code publish} alone, so that later hooks see the same, whether a message is live or replayed. */
    static Request withoutClaims(Request request) {
        return request.claims().isEmpty() ? request : request.withClaims(Map.of());
    }

    /**
     * Appends publications.
     *
     * @param items at least one
     * @param appended is run as soon as others may append behind them
     */
    List<PublishResult.Accepted> append(List<Append.Item> items, Runnable appended) throws LogException {
        return ((Append.Outcome.Committed) await(new Append(items), appended)).accepted();
    }

    /** Appends publications with a key, which stand together. */
    Append.Outcome appendOnce(Append append, Runnable appended) throws LogException {
        return await(append, appended);
    }

    private Append.Outcome await(Append append, Runnable appended) throws LogException {
        if (shared) { // its follower waits for the fan-out threads, whichever node publishes
            return awaitDurable(append, appended);
        }
        backPressure.begin();
        try {
            return awaitDurable(append, appended);
        } finally {
            backPressure.end();
        }
    }

    private Append.Outcome awaitDurable(Append append, Runnable appended) throws LogException {
        try {
            log.append(append);
            appended.run();
            return append.outcome().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LogException failure
                    ? failure
                    : new LogException(LogException.Kind.UNAVAILABLE, "append failed: " + e.getCause(), e);
        }
    }
}
