package dev.tinysse.server.http;

import dev.tinysse.api.Decision;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.Broker;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamStart;
import dev.tinysse.server.access.AccessDeniedException;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.sse.EventStreamSink;
import dev.tinysse.server.sse.SubscriberStream;
import dev.tinysse.server.transport.Connection;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** Calls the {@code subscribe} hook, opens a stream, and sends the replay. Safe for any thread. */
final class SubscribeHandler implements Handler {
    /** The reconnection delay of clients that are rejected at the limit. */
    private static final RetryDelay BUSY_DELAY = new RetryDelay(5000, 15_000);

    private final Broker broker;
    private final HookCalls hooks;
    private final Lifecycle lifecycle;
    private final Admission admission;
    private final StreamRequests requests;
    /** Run at the end of a stream: one for all of them. */
    private final Runnable ended;

    SubscribeHandler(Broker broker, HookCalls hooks, Lifecycle lifecycle, Admission admission,
            StreamRequests requests) {
        this.broker = broker;
        this.hooks = hooks;
        this.lifecycle = lifecycle;
        this.admission = admission;
        this.requests = requests;
        this.ended = admission::leave;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        if (requests.features().compression()) {
            Responses.add(response.headers(), HeaderNames.VARY, HeaderNames.ACCEPT_ENCODING.defaultCase());
        }
        if (request.prologue().method().equals(Method.HEAD)) {
            head(request, response);
            return;
        }
        try (var _ = broker.opening()) { // a stop waits for who was here before it began
            if (lifecycle.isStopping()) {
                NoStream.send(request, response, "stopping", broker.delayAfterStop(), "server is stopping");
            } else {
                subscribe(request, response);
            }
        }
    }

    private void head(ServerRequest request, ServerResponse response) {
        try {
            boolean read = requests.features().any() || requests.callers().areAsked();
            if (read && requests.read(request).listOf().isPresent()) {
                PresenceList.describe(response.headers());
            } else {
                EventStreamSink.describe(response.headers());
                if (requests.compresses(request)) {
                    response.headers().set(SubscriberStream.GZIP);
                }
            }
            response.send();
        } catch (BadRequestException e) {
            response.status(e.status()).send();
        } catch (AccessDeniedException e) {
            Callers.deny(request, response, e);
        }
    }

    private void subscribe(ServerRequest request, ServerResponse response) {
        AskedStream asked;
        try {
            asked = requests.read(request);
        } catch (BadRequestException e) {
            Responses.error(response, e.status(), e.getMessage());
            return;
        } catch (AccessDeniedException e) {
            Callers.deny(request, response, e);
            return;
        }
        if (asked.listOf().isPresent()) {
            PresenceList.send(request, response, asked.listOf().get(), asked.subscription(), hooks,
                    broker.presence().orElseThrow());
            return;
        }
        if (!admission.tryEnter()) {
            NoStream.send(request, response, "busy", BUSY_DELAY, "too many subscribers");
            return;
        }
        ask(asked, request, response);
    }

    /** A refused client gives its place back before the response: that may not arrive, or be followed by a request at once. */
    private void ask(AskedStream asked, ServerRequest request, ServerResponse response) {
        Decision<Subscription> decision;
        try {
            decision = hooks.subscribe(asked.subscription());
        } catch (HookException e) {
            admission.leave();
            Responses.error(response, Status.INTERNAL_SERVER_ERROR_500, e.getMessage());
            return;
        }
        switch (decision) {
            case Decision.Accepted(Subscription accepted) -> stream(accepted, asked.start(), request, response);
            case Decision.Refused(Refusal refusal) -> {
                admission.leave();
                Responses.refusal(request, response, refusal, "subscribe rejected by script");
            }
        }
    }

    private void stream(Subscription accepted, StreamStart start, ServerRequest request, ServerResponse response) {
        SubscriberStream stream = open(accepted, start, request, response);
        Optional<List<Message>> replay = Optional.of(List.of());
        try {
            replay = hooks.replay(accepted, stream.gap());
        } finally {
            replay.ifPresentOrElse(messages -> {
                stream.goLive(messages);
            }, stream::replay);
        }
        throw stream.detach();
    }

    /** A stream that cannot be opened releases its admission, and the hook is called: the broker does not know of it. */
    private SubscriberStream open(Subscription accepted, StreamStart start, ServerRequest request,
            ServerResponse response) {
        try {
            return SubscriberStream.open(broker, Connection.of(request), response.headers(), accepted, start, ended);
        } catch (RuntimeException | Error e) {
            admission.leave();
            hooks.unsubscribe(accepted);
            throw e;
        }
    }
}
