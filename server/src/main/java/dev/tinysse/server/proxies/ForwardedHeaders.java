package dev.tinysse.server.proxies;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;

/** Reads what proxies say of a client from a request's headers. Pure functions. */
public final class ForwardedHeaders {
    private ForwardedHeaders() {}

    /**
     * The addresses in the headers, trusted or not.
     *
     * @param headers of a request
     * @return the values of the headers that proxies add
     */
    public static TrustedProxies.Said said(Headers headers) {
        return new TrustedProxies.Said(all(headers, HeaderNames.FORWARDED), all(headers, HeaderNames.X_FORWARDED_FOR),
                all(headers, HeaderNames.X_FORWARDED_PROTO));
    }

    /** All lines of a header, which are one list (RFC 9110 section 5.3). */
    private static String all(Headers headers, HeaderName name) {
        return headers.contains(name) ? String.join(",", headers.get(name).allValues()) : "";
    }
}
