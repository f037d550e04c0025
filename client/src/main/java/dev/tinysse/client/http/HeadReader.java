package dev.tinysse.client.http;

import dev.tinysse.api.internal.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the heads of responses. For one thread. */
final class HeadReader {
    private static final int FIRST_FINAL = 200;
    private static final int MAX_INTERIM = 16;
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_FIELDS = 200;
    private static final int MAX_SHOWN = 80;
    private static final String LENGTH = "content-length";
    private static final String ENCODING = "transfer-encoding";
    private static final Pattern START = Pattern.compile("HTTP/1\\.[0-9] [1-5][0-9][0-9](?: |$)");
    private final InputStream in;
    private final LineReader lines;

    HeadReader(InputStream in) {
        this.in = in;
        this.lines = new LineReader(in);
    }

    /** The next response that is final, with its body. */
    Response response(String method) throws IOException {
        lines.limit(MAX_HEAD);
        for (int interim = 0; interim <= MAX_INTERIM; interim++) {
            lines.beginResponse();
            Response response = head(method);
            if (response.status() >= FIRST_FINAL) {
                return response;
            }
        }
        throw new MalformedResponseException("over " + MAX_INTERIM + " interim responses");
    }

    private Response head(String method) throws IOException {
        String start = lines.next();
        if (!START.matcher(start).lookingAt()) {
            throw new MalformedResponseException("not HTTP/1.1: " + shown(start));
        }
        int status = Integer.parseInt(start.substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        int fields = 0;
        for (String field = lines.next(); !field.isEmpty(); field = lines.next()) {
            int colon = field.indexOf(':');
            if (colon < 0 || !Tokens.isToken(field.substring(0, colon))) {
                throw new MalformedResponseException("not a header: " + shown(field));
            }
            String name = field.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = field.substring(colon + 1).strip();
            String before = headers.put(name, value);
            if (before != null && (name.equals(ENCODING) || name.equals(LENGTH) && !value.equals(before))) {
                throw new MalformedResponseException("conflicting headers: %s: %s and %s".formatted(name, shown(before),
                        shown(value)));
            }
            if (++fields > MAX_FIELDS) {
                throw new MalformedResponseException("over " + MAX_FIELDS + " headers");
            }
        }
        return new Response(status, start.substring(12).strip(), headers, body(method, status, headers));
    }

    private InputStream body(String method, int status, Map<String, String> headers) throws IOException {
        if (method.equals("HEAD") || status < FIRST_FINAL || status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        String encoding = headers.get(ENCODING);
        String length = headers.get(LENGTH);
        if (encoding != null) {
            if (length != null || !encoding.equalsIgnoreCase("chunked")) {
                throw new MalformedResponseException(length == null
                        ? "unknown Transfer-Encoding: " + shown(encoding)
                        : "Transfer-Encoding and Content-Length");
            }
            return new ChunkedBody(lines, in);
        }
        if (length == null) {
            return new BodyToClose(in);
        }
        if (!length.matches("\\d{1,18}")) {
            throw new MalformedResponseException("Content-Length: " + shown(length));
        }
        return new SizedBody(in, Long.parseLong(length));
    }

    private static String shown(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }
}
