package dev.tinysse.client.sub;

import dev.tinysse.cli.FailedException;
import dev.tinysse.client.http.Address;
import dev.tinysse.client.http.Request;
import dev.tinysse.client.http.Token;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a stream begins at each request: after the last event that was delivered. Before there is one, with what
 * the user asks for. For one thread.
 */
final class Subscription {
    private final Address address;
    private final Token token;
    private final Optional<Optional<Duration>> since;
    private Optional<String> lastId;
    private long begun;

    Subscription(Address address, Token token, Optional<Optional<Duration>> since, Optional<String> lastId) {
        this.address = address;
        this.token = token;
        this.since = since;
        this.lastId = lastId;
    }

    Address address() {
        return address;
    }

    void lastId(String id) {
        lastId = Optional.of(id);
    }

    /** The request at this time, in nanoseconds of {@link System#nanoTime}. */
    Request request(long now) throws FailedException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "text/event-stream");
        headers.put("Cache-Control", "no-cache");
        lastId.filter(id -> !id.isEmpty()).ifPresent(id -> headers.put("Last-Event-ID", id));
        Request request = new Request("GET", beginning(now), headers, new byte[0]);
        Optional<String> bearer = token.current();
        return bearer.map(request::authorized).orElse(request);
    }

    /**
     * Without an id, a stream that is requested again begins where the first one did: what was published while there was none is
     * not lost, and nothing has been handed on yet that has an id.
     */
    private Address beginning(long now) {
        if (lastId.isPresent()) {
            return address;
        }
        Duration elapsed = begun == 0 ? Duration.ZERO : Duration.ofNanos(now - begun);
        if (since.isPresent()) {
            return address.with("since", since.get().map(age -> millis(age.plus(elapsed))).orElse("all"));
        }
        return begun == 0 ? address : address.with("since", millis(elapsed));
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }

    /** The stream requested at this time is open. */
    void opened(long asked) {
        if (begun == 0) {
            begun = asked;
        }
    }
}
