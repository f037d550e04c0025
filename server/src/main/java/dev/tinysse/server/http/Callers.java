package dev.tinysse.server.http;

import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.server.access.Access;
import dev.tinysse.server.access.AccessDeniedException;
import dev.tinysse.server.access.Caller;
import dev.tinysse.server.routing.Query;
import dev.tinysse.server.routing.Requests;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.transport.Connection;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The authentication of callers, where it is required. Safe for any thread.
 *
 * @param access decides; empty if everyone may do everything
 * @param hooks that may want to know the request
 * @param operators whether only operators send requests: all of them are one caller, and none of the public listeners
 */
record Callers(Optional<Access> access, HookCalls hooks, boolean operators) {
    /** Other identities begin with the kind of their credentials and a space. */
    private static final String OPERATORS = "operators";

    /** Whether not everyone may do everything. */
    boolean areAsked() {
        return access.isPresent();
    }

    /** The caller of a publish request; empty without authentication. */
    Optional<Caller> publisher(ServerRequest request) throws AccessDeniedException {
        if (access.isEmpty()) {
            return Optional.empty();
        }
        Caller caller = access.get().publisher(request);
        Connection.of(request).outcome().identify(Optional.of(caller).map(known -> known.claims().get("sub"))
                .filter(String.class::isInstance).map(String.class::cast));
        return Optional.of(caller);
    }

    /** The owner of a caller's idempotency keys; empty for one without credentials. */
    Optional<String> owner(Optional<Caller> caller) {
        return operators ? Optional.of(OPERATORS) : caller.flatMap(Caller::identity);
    }

    /** The caller of a subscribe request; empty without authentication. */
    Optional<Caller> subscriber(ServerRequest request) throws AccessDeniedException {
        return access.isPresent() ? Optional.of(access.get().subscriber(request)) : Optional.empty();
    }

    /** Checks that all of these may be published, before one of them is. */
    static void require(Optional<Caller> caller, List<Publication> publications) throws AccessDeniedException {
        if (caller.isPresent()) {
            caller.get().requirePublish(publications.stream().map(Publication::channel).distinct().toList());
        }
    }

    /** Checks that all channels of a subscription are allowed. */
    static void require(Optional<Caller> caller, Subscription subscription) throws AccessDeniedException {
        if (caller.isPresent()) {
            caller.get().requireSubscribe(subscription.channels());
        }
    }

    /** Logs the parameters of a request that are neither among these nor that of the token. */
    void logOthers(ServerRequest request, Set<String> parameters) {
        if (Query.logsOthers()) {
            Set<String> known = new HashSet<>(parameters);
            access.flatMap(Access::secretParameter).ifPresent(known::add);
            Query.logOthers(request, known);
        }
    }

    /** The request as hooks see it, with claims. */
    Request told(ServerRequest request, Optional<Caller> caller) {
        Request told = Requests.of(request, access.flatMap(Access::secretParameter));
        return withClaims(told, caller);
    }

    /** The same for a stream, whose user is known even where no hook is. */
    Request toldOfStream(ServerRequest request, Optional<Caller> caller) {
        return hooks.any() ? told(request, caller) : withClaims(Request.NONE, caller);
    }

    private static Request withClaims(Request request, Optional<Caller> caller) {
        Map<String, Object> claims = caller.map(Caller::claims).orElse(Map.of());
        return claims.isEmpty() ? request : request.withClaims(claims);
    }

    /** When a stream ends because its token does. */
    static Optional<Instant> endOfStream(Optional<Caller> caller) {
        return caller.flatMap(known -> known.endOfStream(Instant.now(), ThreadLocalRandom.current()));
    }

    /** Responds to a request that may not do what it asks for; to a HEAD request without a body. */
    static void deny(ServerRequest request, ServerResponse response, AccessDeniedException denied) {
        Connection.of(request).outcome().failAuth(denied.reason());
        response.header(HeaderNames.WWW_AUTHENTICATE, denied.challenge());
        if (request.prologue().method().equals(Method.HEAD)) {
            response.status(denied.status()).send();
        } else {
            Responses.error(response, denied.status(), denied.getMessage());
        }
    }
}
