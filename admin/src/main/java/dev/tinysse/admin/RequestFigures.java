package dev.tinysse.admin;

import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.figures.Timings;
import dev.tinysse.server.requests.CompletedRequest;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.routing.Route;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counters of requests. Safe for any thread. No label has a value that a client could choose freely. */
final class RequestFigures implements RequestListener {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH",
            "TRACE", "CONNECT");
    private static final List<String> REJECTIONS = List.of("invalid", "too_large", "unauthorized", "forbidden",
            "unavailable", "full");
    private static final String HOOK = "hook";

    private final Map<Completed, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, Timings> starts = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> authFailures = new ConcurrentHashMap<>();

    private record Completed(String route, String method, int code) {}

    /** The time is not counted of a request that no handler saw: there may have been no head to count it from. */
    @Override
    public void completed(CompletedRequest request) {
        if (!request.hasResponse()) {
            return;
        }
        String route = request.head().route();
        String method = known(request.head().method());
        count(requests, new Completed(route, method, request.status()));
        if (request.outcome().isPresent()) {
            starts.computeIfAbsent(route, _ -> new Timings()).add(request.nanos());
            request.outcome().get().authFailure().ifPresent(reason -> count(authFailures, reason));
        }
        if (route.equals(Route.PUBLISH) && method.equals("POST")
                && !(request.outcome().isPresent() && request.outcome().get().isRefusedByHook())) {
            reject(request.status());
        }
    }

    private static String known(String method) {
        return METHODS.contains(method) ? method : "other";
    }

    /** The broker counts the rejections of the hook, because of many messages some may be rejected. */
    private void reject(int code) {
        switch (code) {
            case 413 -> count(rejected, "too_large");
            case 401 -> count(rejected, "unauthorized");
            case 403 -> count(rejected, "forbidden");
            case 500 -> count(rejected, HOOK);
            case 503 -> count(rejected, "unavailable");
            case 507 -> count(rejected, "full");
            default -> {
                if (code >= 400) {
                    count(rejected, "invalid");
                }
            }
        }
    }

    private static <K> void count(Map<K, LongAdder> counts, K key) {
        counts.computeIfAbsent(key, _ -> new LongAdder()).increment();
    }

    /**
     * The metrics of requests.
     *
     * @param refusedByHook messages that the {@code publish} hook has refused, as the broker counts them
     */
    List<Figure> figures(long refusedByHook) {
        Figure.Builder rejections = Figure.of(Figure.Kind.COUNTER, "tinysse_publish_rejected",
                "Rejected publish requests and rejected messages of batches");
        rejections.add(refusedByHook + number(rejected, HOOK), "reason", HOOK);
        REJECTIONS.forEach(reason -> rejections.add(number(rejected, reason), "reason", reason));
        Figure.Builder responses = Figure.of(Figure.Kind.COUNTER, "tinysse_http_requests",
                "Requests that got a response; one for a stream when it begins");
        requests.forEach((key, number) -> responses.add(number.sum(), "route", key.route(), "method", key.method(),
                "code", Integer.toString(key.code())));
        Figure.Builder seconds = Figure.of(Figure.Kind.HISTOGRAM, "tinysse_response_start_seconds",
                "From the request head to the begin of the response");
        new TreeMap<>(starts).forEach((route, timings) -> seconds.add(timings.distribution(), "route", route));
        Figure.Builder failures = Figure.of(Figure.Kind.COUNTER, "tinysse_auth_failures",
                "Requests rejected for an invalid token or missing permissions");
        new TreeMap<>(authFailures).forEach((reason, number) -> failures.add(number.sum(), "reason", reason));
        return List.of(rejections.build(), responses.build(), seconds.build(), failures.build());
    }

    private static long number(Map<String, LongAdder> counts, String key) {
        LongAdder number = counts.get(key);
        return number == null ? 0 : number.sum();
    }
}
