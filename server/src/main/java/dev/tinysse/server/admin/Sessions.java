package dev.tinysse.server.admin;

import io.helidon.webserver.http.ServerRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who is logged in: browsers, which cannot send a token with everything, have a cookie. Safe for any thread.
 */
final class Sessions {
    static final String COOKIE = "tinysse-admin";
    static final Duration AGE = Duration.ofHours(12);
    private static final int MAX = 100;
    private static final int BYTES = 32;

    private final LongSupplier clock;
    private final Map<String, Long> ends = new LinkedHashMap<>();

    /** Nobody is logged in. */
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
        ends.remove(cookie(request));
    }

    /** {@return whether a request has a session} */
    synchronized boolean contains(ServerRequest request) {
        Long end = ends.get(cookie(request));
        return end != null && end - clock.getAsLong() > 0;
    }

    private static String cookie(ServerRequest request) {
        return request.headers().cookies().first(COOKIE).orElse("");
    }
}
