package dev.tinysse.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Locale;

/** Reads which codings a client accepts (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">RFC 9110 section 12.5.3</a>). */
final class AcceptEncoding {
    private static final double UNSET = -1;

    private AcceptEncoding() {}

    /** Whether a client accepts gzip, and has not said that it would rather have none. */
    static boolean allowsGzip(Headers headers) {
        return headers.contains(HeaderNames.ACCEPT_ENCODING)
                && allowsGzip(String.join(",", headers.get(HeaderNames.ACCEPT_ENCODING).allValues()));
    }

    static boolean allowsGzip(String header) {
        double gzip = UNSET;
        double any = UNSET;
        double identity = UNSET;
        for (String part : header.split(",")) {
            String[] parameters = part.split(";");
            double quality = quality(parameters);
            switch (parameters[0].strip().toLowerCase(Locale.ROOT)) {
                case "gzip", "x-gzip" -> gzip = Math.max(gzip, quality);
                case "*" -> any = quality;
                case "identity" -> identity = quality;
                default -> {
                    // another coding, or none
                }
            }
        }
        double found = gzip == UNSET ? any : gzip;
        return found > 0 && found >= identity;
    }

    /** 1 unless it says something else; 0 if that is none. */
    private static double quality(String[] parameters) {
        for (int i = 1; i < parameters.length; i++) {
            String parameter = parameters[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                String value = parameter.substring(2).strip();
                return value.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(value) : 0;
            }
        }
        return 1;
    }
}
