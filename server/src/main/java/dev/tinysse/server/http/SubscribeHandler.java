package dev.tinysse.server.http;

import dev.tinysse.api.Decision;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.Broker;
import dev.tinysse.broker.HookCalls;
import dev.tinysse.broker.RetryDelay;
import dev.tinysse.server.sse.EventStreamSink;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** Calls the {@code subscribe} hook, opens a stream, and sends the replay of {@code catchup}. Safe for any thread. */
final class SubscribeHandler implements Handler {
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    /** The delay after which clients come back for whom there is no room. */
    private static final RetryDelay BUSY_DELAY = new RetryDelay(5000, 15_000);

    private final Broker broker;
    private final HookCalls hooks;
    private final Lifecycle lifecycle;
    private final Admission admission;

    SubscribeHandler(Broker broker, HookCalls hooks, Lifecycle lifecycle, Admission admission) {
        this.broker = broker;
        this.hooks = hooks;
        this.lifecycle = lifecycle;
        this.admission = admission;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        if (request.prologue().method().equals(Method.HEAD)) {
            EventStreamSink.describe(response.headers());
            response.send();
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

    private void subscribe(ServerRequest request, ServerResponse response) {
        Optional<List<String>> inQuery = idsInQuery(request);
        if (inQuery.isEmpty() || inQuery.get().size() > 1) {
            Responses.error(response, Status.BAD_REQUEST_400,
                    inQuery.isEmpty() ? "query is not UTF-8" : "last_event_id occurs twice");
            return;
        }
        Optional<String> lastEventId = request.headers().first(LAST_EVENT_ID).flatMap(Utf8::decode)
                .or(() -> inQuery.get().stream().filter(id -> !id.isEmpty()).findFirst());
        Subscription asked = Subscription.of(hooks.any() ? Requests.of(request) : Requests.UNTOLD);
        if (!admission.tryEnter()) {
            NoStream.send(request, response, "busy", BUSY_DELAY, "too many subscribers");
            return;
        }
        ask(lastEventId.map(asked::withLastEventId).orElse(asked), response);
    }

    /** A refused client gives its place back before the response: that may not arrive, or be followed by a request at once. */
    private void ask(Subscription asked, ServerResponse response) {
        Decision<Subscription> decision;
        try {
            decision = hooks.subscribe(asked);
        } catch (HookException e) {
            admission.leave();
            Responses.error(response, Status.INTERNAL_SERVER_ERROR_500, e.getMessage());
            return;
        }
        switch (decision) {
            case Decision.Accepted(Subscription accepted) -> open(accepted, response);
            case Decision.Refused(Refusal refusal) -> {
                admission.leave();
                Responses.refusal(response, refusal, "subscribe rejected by script");
            }
        }
    }

    private void open(Subscription accepted, ServerResponse response) {
        EventStreamSink sink = response.sink(EventStreamSink.TYPE);
        sink.open(broker, accepted, admission::leave);
        try {
            hooks.replay(accepted, Optional.empty()).ifPresent(replay -> replay.forEach(sink::emit));
        } finally {
            sink.goLive();
        }
        throw sink.detach();
    }

    private static Optional<List<String>> idsInQuery(ServerRequest request) {
        return FormFields.parseQuery(request.prologue().query().rawValue()).map(fields -> fields.stream()
                .filter(field -> field.name().equals("last_event_id")).map(FormFields.Field::value).toList());
    }
}
