package dev.tinysse.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Refusal;
import dev.tinysse.api.internal.Json;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.publish.PublishRequest;
import dev.tinysse.server.body.MessageLines;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.transport.Connection;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The response to a publisher. Immutable.
 *
 * @param status its code
 * @param contentType media type of the body; empty without a body
 * @param headers further headers
 * @param body perhaps empty
 */
record PublishResponse(int status, String contentType, Map<String, String> headers, String body) {
    private static final String JSON = HeaderValues.CONTENT_TYPE_JSON.get();
    private static final String REFUSED = "message rejected by script";

    /** The response to a request, of which these are the results. */
    static PublishResponse to(PublishRequest request, List<PublishResult> results) {
        return request.batch() ? to(results) : to(results.getFirst());
    }

    /** The response to one message. */
    static PublishResponse to(PublishResult result) {
        return switch (result) {
            case PublishResult.Accepted _,PublishResult.Empty _ ->
                new PublishResponse(202, JSON, Map.of(), line(result));
            case PublishResult.Rejected(Refusal refusal) when refusal.status() == Status.NO_CONTENT_204.code() ->
                new PublishResponse(refusal.status(), "", refusal.headers(), "");
            case PublishResult.Rejected(Refusal refusal) ->
                new PublishResponse(refusal.status(), JSON, refusal.headers(), line(result));
        };
    }

    /** The response to many messages: what each single one would have got, a line each. */
    static PublishResponse to(List<PublishResult> results) {
        return new PublishResponse(202, MessageLines.MEDIA_TYPE, Map.of(),
                results.stream().map(result -> line(result) + "\n").collect(Collectors.joining()));
    }

    private static String line(PublishResult result) {
        return switch (result) {
            case PublishResult.Accepted(int queued, int subscribers, Optional<String> id) ->
                line(queued, subscribers, id);
            case PublishResult.Empty(int queued) -> line(queued, 0, Optional.empty());
            case PublishResult.Rejected(Refusal refusal) -> Responses.errorJson(refusal.error().orElse(REFUSED));
        };
    }

    private static String line(int queued, int subscribers, Optional<String> id) {
        return new Json().add("queued", queued).add("subscribers", subscribers).addPresent("id", id).toString();
    }

    /** Sends the response. */
    void send(ServerRequest request, ServerResponse response) {
        headers.forEach((name, value) -> Responses.add(response.headers(), HeaderNames.create(name), value));
        response.status(Status.create(status));
        if (status != Status.ACCEPTED_202.code()) {
            Connection.of(request).outcome().refuseByHook();
        }
        if (contentType.isEmpty()) {
            response.send();
        } else {
            response.header(contentType.equals(JSON)
                    ? HeaderValues.CONTENT_TYPE_JSON
                    : HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType)).send(body.getBytes(UTF_8)); // a text would be taken to a writer for its type
        }
    }
}
