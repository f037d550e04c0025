package dev.tinysse.streams.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.internal.PercentCodes;
import dev.tinysse.streams.model.ReadStart;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request to read asks for.
 *
 * @param start where to begin
 * @param mode how to go on at the tail
 * @param plain whether the client of an event stream does not speak the protocol
 * @param cursor that the client has received last, as it came
 * @param resumes whether the client of an event stream has received events before
 */
record ReadQuery(ReadStart start, Mode mode, boolean plain, Optional<String> cursor, boolean resumes) {
    private static final Set<String> KNOWN = Set.of("offset", "live", "cursor", "events");

    /** What to do at the tail. */
    enum Mode {
        /** End the response. */
        CATCH_UP,
        /** Wait for one page. */
        LONG_POLL,
        /** Send events as they come. */
        SSE
    }

    static ReadQuery of(ServerRequest request) throws RequestException {
        Map<String, String> fields = fields(request.prologue().query().rawValue());
        Mode mode = mode(Optional.ofNullable(fields.get("live")));
        Optional<String> id = mode == Mode.SSE
                ? request.headers().first(Names.LAST_EVENT_ID).map(String::strip).filter(text -> !text.isEmpty())
                : Optional.empty();
        Optional<String> offset = id.or(() -> Optional.ofNullable(fields.get("offset")));
        if (offset.isEmpty() && mode != Mode.CATCH_UP) {
            throw RequestException.bad("live reads need an offset");
        }
        String text = offset.orElse("-1");
        Optional<ReadStart> start = ReadStart.parse(text);
        if (start.isEmpty()) {
            throw RequestException
                    .bad("offset is malformed: %s=%s".formatted(id.isPresent() ? "Last-Event-ID" : "offset",
                            text.length() > 64 ? text.substring(0, 64) + "…" : text));
        }
        Optional<String> events = Optional.ofNullable(fields.get("events"));
        if (events.isPresent() && (mode != Mode.SSE || !events.get().equals("plain"))) {
            throw RequestException.bad("events must be plain, with live=sse: events=" + events.get());
        }
        return new ReadQuery(start.get(), mode, events.isPresent(), Optional.ofNullable(fields.get("cursor")),
                id.isPresent());
    }

    private static Mode mode(Optional<String> live) throws RequestException {
        if (live.isEmpty()) {
            return Mode.CATCH_UP;
        }
        return switch (live.get()) {
            case "long-poll" -> Mode.LONG_POLL;
            case "sse" -> Mode.SSE;
            default -> throw RequestException.bad("live must be long-poll or sse: live=" + live.get());
        };
    }

    private static Map<String, String> fields(String query) throws RequestException {
        Map<String, String> fields = new HashMap<>();
        for (String field : query.split("&", -1)) {
            int equals = field.indexOf('=');
            String name = decode(equals < 0 ? field : field.substring(0, equals));
            if (KNOWN.contains(name)
                    && fields.put(name, equals < 0 ? "" : decode(field.substring(equals + 1))) != null) {
                throw RequestException.bad(name + " occurs twice");
            }
        }
        return fields;
    }

    private static String decode(String raw) {
        byte[] bytes = raw.getBytes(ISO_8859_1);
        return new String(PercentCodes.decodeForm(bytes, 0, bytes.length), UTF_8);
    }
}
