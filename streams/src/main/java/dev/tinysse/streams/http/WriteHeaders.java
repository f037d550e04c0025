package dev.tinysse.streams.http;

import dev.tinysse.api.internal.Digits;
import dev.tinysse.api.internal.Tokens;
import dev.tinysse.streams.model.ContentType;
import dev.tinysse.streams.model.Expiry;
import dev.tinysse.streams.model.Producer;
import dev.tinysse.streams.model.StreamConfig.EventHeader;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the headers of requests to write.
 *
 * @param headers of the request
 */
record WriteHeaders(ServerRequestHeaders headers) {
    private static final long MAX_NUMBER = (1L << 53) - 1;
    private static final int MAX_EVENT_HEADERS = 8;
    private static final Pattern SECONDS = Pattern.compile("0|[1-9]\\d{0,17}");
    private static final Pattern TIMESTAMP = Pattern
            .compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
    /** Headers of event streams that belong to the server. */
    private static final Set<String> RESERVED = Set.of("connection", "content-encoding", "content-length",
            "content-type", "cache-control", "date", "keep-alive", "location", "set-cookie", "te", "trailer",
            "transfer-encoding", "upgrade", "vary", "x-content-type-options", "cross-origin-resource-policy");

    /** Whether the stream is to be closed: any other value counts as none (section 4.1 of the protocol). */
    boolean close() {
        return headers.first(Names.CLOSED).filter(text -> text.strip().equalsIgnoreCase("true")).isPresent();
    }

    Optional<ContentType> type() throws RequestException {
        Optional<String> text = headers.first(HeaderNames.CONTENT_TYPE).filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<ContentType> type = ContentType.parse(text.get());
        if (type.isEmpty()) {
            throw RequestException.bad("Content-Type must be a media type: Content-Type=" + text.get());
        }
        return type;
    }

    Optional<Expiry> expiry() throws RequestException {
        Optional<String> ttl = headers.first(Names.TTL);
        Optional<String> at = headers.first(Names.EXPIRES_AT);
        if (ttl.isPresent() && at.isPresent()) {
            throw RequestException.bad("only one of Stream-TTL and Stream-Expires-At is possible");
        }
        if (ttl.isPresent()) {
            if (!SECONDS.matcher(ttl.get()).matches()) {
                throw RequestException.bad("Stream-TTL must be a number of seconds: Stream-TTL=" + ttl.get());
            }
            return Optional.of(new Expiry.Ttl(Long.parseLong(ttl.get())));
        }
        return at.isPresent() ? Optional.of(at(at.get())) : Optional.empty();
    }

    private static Expiry at(String text) throws RequestException {
        try {
            if (TIMESTAMP.matcher(text).matches()) {
                return new Expiry.At(OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant());
            }
        } catch (DateTimeException e) {
            // as if it did not match
        }
        throw RequestException.bad("Stream-Expires-At must be a timestamp of RFC 3339: Stream-Expires-At=" + text);
    }

    Optional<Producer> producer() throws RequestException {
        Optional<String> id = headers.first(Names.PRODUCER_ID);
        Optional<String> epoch = headers.first(Names.PRODUCER_EPOCH);
        Optional<String> seq = headers.first(Names.PRODUCER_SEQ);
        if (id.isEmpty() && epoch.isEmpty() && seq.isEmpty()) {
            return Optional.empty();
        }
        if (id.isEmpty() || epoch.isEmpty() || seq.isEmpty()) {
            throw RequestException.bad("Producer-Id, Producer-Epoch and Producer-Seq are only possible together");
        }
        if (id.get().isEmpty()) {
            throw RequestException.bad("Producer-Id must not be empty");
        }
        return Optional.of(new Producer(id.get(), number(Names.PRODUCER_EPOCH, epoch.get()),
                number(Names.PRODUCER_SEQ, seq.get())));
    }

    private static long number(HeaderName name, String text) throws RequestException {
        Optional<Long> number = Digits.parse(text).filter(value -> value <= MAX_NUMBER);
        if (number.isEmpty()) {
            throw RequestException.bad("%s must be a whole number up to 2^53-1: %s=%s"
                    .formatted(name.defaultCase(), name.defaultCase(), text));
        }
        return number.get();
    }

    Optional<String> seq() {
        return headers.first(Names.SEQ);
    }

    /** Bytes or messages behind the offset of a fork; empty if that is not stated. */
    Optional<Long> subOffset() throws RequestException {
        Optional<String> text = headers.first(Names.FORK_SUB_OFFSET);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> number = text.filter(value -> SECONDS.matcher(value).matches()).flatMap(Digits::parse);
        if (number.isEmpty()) {
            throw RequestException.bad("Stream-Fork-Sub-Offset must be a whole number: Stream-Fork-Sub-Offset="
                    + text.get());
        }
        return number;
    }

    List<EventHeader> eventHeaders() throws RequestException {
        if (!headers.contains(Names.EVENT_HEADER)) {
            return List.of();
        }
        List<EventHeader> found = new ArrayList<>();
        for (String text : headers.get(Names.EVENT_HEADER).allValues()) {
            found.add(eventHeader(text));
        }
        if (found.size() > MAX_EVENT_HEADERS) {
            throw RequestException.bad("at most %d Stream-Event-Header are possible: %d"
                    .formatted(MAX_EVENT_HEADERS, found.size()));
        }
        return List.copyOf(found);
    }

    private static EventHeader eventHeader(String text) throws RequestException {
        int equals = text.indexOf('=');
        String name = equals < 0 ? "" : text.substring(0, equals).strip();
        String value = text.substring(equals + 1).strip();
        String lower = name.toLowerCase(Locale.ROOT);
        if (!Tokens.isToken(name) || value.isEmpty() || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw RequestException.bad("Stream-Event-Header must be NAME=VALUE: Stream-Event-Header=" + text);
        }
        if (RESERVED.contains(lower) || lower.startsWith("access-control-") || lower.startsWith("stream-")) {
            throw RequestException.bad("Stream-Event-Header must not name a header of the server: name=" + name);
        }
        return new EventHeader(name, value);
    }
}
