package dev.tinysse.admin;

import dev.tinysse.server.sockets.Authority;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Browsers that are logged in: they have a cookie, for they cannot send a token with each request. Browsers send a cookie to all ports of
 * its host, so the name of the cookie contains the port. Safe for any thread.
 */
final class Sessions {
    private static final String COOKIE = "tinysse-admin-";
    static final Duration AGE = Duration.ofHours(12);
    private static final int MAX = 100;
    private static final int BYTES = 32;

    private final LongSupplier clock;
    private final Map<String, Long> ends = new LinkedHashMap<>();

    /** No sessions yet. */
    Sessions(LongSupplier clock) {
        this.clock = clock;
    }

    /** {@return the cookie of a new session; the oldest goes where there are too many} */
    synchronized String begin() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String session = HexFormat.of().formatHex(random);
        ends.put(session, clock.getAsLong() + AGE.toNanos());
        if (ends.size() > MAX) {
            ends.remove(ends.keySet().iterator().next());
        }
        return session;
    }

    /** Ends the session of a request, if it has one. */
    synchronized void end(ServerRequest request) {
        values(request).forEach(ends::remove);
    }

    /** {@return whether a request has a session} */
    synchronized boolean contains(ServerRequest request) {
        return values(request).stream().map(ends::get).anyMatch(end -> end != null && end - clock.getAsLong() > 0);
    }

    /** {@return the name of the cookie: it has the port that the browser knows, which may be that of a proxy or a tunnel} */
    static String cookie(ServerRequest request) {
        return COOKIE + request.headers().first(HeaderNames.HOST).flatMap(Authority::parse)
                .map(Authority::port).orElse(OptionalInt.empty()).orElse(request.localPeer().port());
    }

    /** All of them: another server on this host may have left one with the same name for another path. */
    private static List<String> values(ServerRequest request) {
        return request.headers().cookies().all(cookie(request), List::of);
    }
}
