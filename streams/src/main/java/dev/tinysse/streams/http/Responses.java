package dev.tinysse.streams.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.internal.JsonText;
import dev.tinysse.streams.log.StreamView;
import dev.tinysse.streams.log.Written;
import dev.tinysse.streams.model.Decision;
import dev.tinysse.streams.model.Offset;
import dev.tinysse.streams.model.Producer;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** Sends responses about durable streams. Pure functions, but for that. */
final class Responses {
    static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    private static final Header NO_SNIFF = HeaderValues
            .createCached(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    private static final Header CROSS_ORIGIN = HeaderValues
            .createCached(HeaderNames.create("Cross-Origin-Resource-Policy"), "cross-origin");
    private static final Status INSUFFICIENT_STORAGE = Status.create(507, "Insufficient Storage");

    private Responses() {}

    /** Sets the headers of section 12.7 of the protocol, for all responses. */
    static void secure(ServerResponse response) {
        response.header(NO_SNIFF);
        response.header(CROSS_ORIGIN);
    }

    /** Sends an error; to a HEAD request without a body. */
    static void error(ServerRequest request, ServerResponse response, Status status, String words) {
        response.status(status);
        response.header(NO_STORE);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        StringBuilder json = new StringBuilder("{\"error\":");
        JsonText.appendString(json, words);
        byte[] body = json.append('}').toString().getBytes(UTF_8);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.headers().contentLength(body.length);
            response.send();
        } else {
            response.send(body);
        }
    }

    /** Sends an error to a client whose body is not read, and ends its connection. */
    static CloseConnectionException errorAndClose(ServerRequest request, ServerResponse response, Status status,
            String words) {
        response.header(HeaderValues.CONNECTION_CLOSE);
        error(request, response, status, words);
        return new CloseConnectionException(words);
    }

    /** Sets where a client goes on, and whether the stream is closed. */
    static void position(ServerResponse response, Offset next, boolean closed) {
        response.header(Names.NEXT_OFFSET, next.toString());
        if (closed) {
            response.header(Names.IS_CLOSED);
        }
    }

    /** Sets the headers of the stream's tail. */
    static void tail(ServerResponse response, StreamView stream) {
        position(response, stream.tailOffset(), stream.closed());
    }

    static void missing(ServerRequest request, ServerResponse response) {
        error(request, response, Status.NOT_FOUND_404, "there is no such stream");
    }

    static void softDeleted(ServerRequest request, ServerResponse response) {
        error(request, response, Status.GONE_410, "the stream has been deleted");
    }

    /** Says from where the client can read, whose offset belongs to something else. */
    static void lost(ServerRequest request, ServerResponse response) {
        position(response, Offset.BEGINNING, false);
        error(request, response, Status.GONE_410, "the offset is of a deleted stream, or of lost data");
    }

    /**
     * Sends what has become of an append: a 200 where a producer has sent data (section 5.2.1 of the protocol), otherwise a 204.
     *
     * @param data whether there was data
     */
    static void written(ServerRequest request, ServerResponse response, Written written, Optional<Producer> producer,
            boolean data) {
        switch (written.decision()) {
            case Decision.Accept _ -> {
                tail(response, written.stream().orElseThrow());
                producer.ifPresent(accepted -> {
                    response.header(Names.PRODUCER_EPOCH, Long.toString(accepted.epoch()));
                    response.header(Names.PRODUCER_SEQ, Long.toString(accepted.seq()));
                });
                response.status(producer.isPresent() && data ? Status.OK_200 : Status.NO_CONTENT_204).send();
            }
            case Decision.Refusal refusal -> refusal(request, response, refusal, written.stream());
        }
    }

    /**
     * Sends the refusal of a write.
     *
     * @param stream as it is; empty if there is none
     */
    static void refusal(ServerRequest request, ServerResponse response, Decision.Refusal refusal,
            Optional<StreamView> stream) {
        switch (refusal) {
            case Decision.Missing _ -> missing(request, response);
            case Decision.SoftDeleted _ -> softDeleted(request, response);
            case Decision.Exists _ -> {
                stream.ifPresent(existing -> {
                    response.header(HeaderNames.CONTENT_TYPE, existing.config().type().toString());
                    tail(response, existing);
                });
                response.status(Status.OK_200).send();
            }
            case Decision.Conflict _ -> error(request, response, Status.CONFLICT_409,
                    "the stream exists with another configuration, or its name is of a deleted stream with forks");
            case Decision.Closed _ -> closed(request, response, stream.orElseThrow());
            case Decision.AlreadyClosed _ -> {
                tail(response, stream.orElseThrow());
                response.status(Status.NO_CONTENT_204).send();
            }
            case Decision.OtherType(var type) -> error(request, response, Status.CONFLICT_409,
                    "the stream has another content type: content-type=" + type);
            case Decision.SequenceRegression(String last) -> error(request, response, Status.CONFLICT_409,
                    "Stream-Seq must be greater than the last one: last=" + last);
            case Decision.StaleEpoch(long epoch) -> {
                response.header(Names.PRODUCER_EPOCH, Long.toString(epoch));
                error(request, response, Status.FORBIDDEN_403, "a later epoch of the producer has begun");
            }
            case Decision.EpochStart _ -> error(request, response, Status.BAD_REQUEST_400,
                    "Producer-Seq must be 0 in the first append of an epoch");
            case Decision.ProducerGap(long expected) -> {
                response.header(Names.PRODUCER_EXPECTED, Long.toString(expected));
                request.headers().first(Names.PRODUCER_SEQ)
                        .ifPresent(received -> response.header(Names.PRODUCER_RECEIVED, received.strip()));
                error(request, response, Status.CONFLICT_409, "appends of the producer are missing");
            }
            case Decision.Duplicate(var last, boolean closed) -> {
                response.header(Names.PRODUCER_EPOCH, Long.toString(last.epoch()));
                response.header(Names.PRODUCER_SEQ, Long.toString(last.seq()));
                stream.ifPresent(existing -> position(response, existing.tailOffset(), closed));
                response.status(Status.NO_CONTENT_204).send();
            }
            case Decision.Full _ -> error(request, response, INSUFFICIENT_STORAGE,
                    "there is no room for more data of durable streams");
            case Decision.SourceMissing _ -> error(request, response, Status.NOT_FOUND_404,
                    "there is no such source of a fork");
            case Decision.SourceDeleted _ -> error(request, response, Status.CONFLICT_409,
                    "the source of the fork has been deleted");
            case Decision.ForkBeyond _ -> error(request, response, Status.BAD_REQUEST_400,
                    "the source of the fork has no such position");
            case Decision.ForkLost _ -> lost(request, response);
            case Decision.ForkDepth _ -> error(request, response, Status.BAD_REQUEST_400,
                    "there are too many levels of forks");
        }
    }

    static void closed(ServerRequest request, ServerResponse response, StreamView stream) {
        tail(response, stream);
        error(request, response, Status.CONFLICT_409, "the stream is closed");
    }
}
