package dev.tinysse.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the heads of responses. For one thread. */
final class HeadReader {
    private static final int FIRST_FINAL = 200;
    private final InputStream in;
    private final LineReader lines;

    HeadReader(InputStream in) {
        this.in = in;
        this.lines = new LineReader(in);
    }

    /** The next response that is final, with its body. */
    Response response(String method) throws IOException {
        Response response;
        do {
            lines.beginResponse();
            response = head(method);
        } while (response.status() < FIRST_FINAL);
        return response;
    }

    private Response head(String method) throws IOException {
        String start = lines.next();
        if (!start.startsWith("HTTP/1.") || start.length() < 12 || !start.substring(9, 12).chars().allMatch(
                c -> c >= '0' && c <= '9')) {
            throw new IOException("no response of HTTP/1.1: " + start.substring(0, Math.min(start.length(), 80)));
        }
        int status = Integer.parseInt(start.substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        for (String field = lines.next(); !field.isEmpty(); field = lines.next()) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                headers.put(field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
            }
        }
        return new Response(status, start.substring(12).strip(), headers, body(method, status, headers));
    }

    private InputStream body(String method, int status, Map<String, String> headers) throws IOException {
        if (method.equals("HEAD") || status < FIRST_FINAL || status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).endsWith("chunked")) {
            return new ChunkedBody(lines, in);
        }
        String length = headers.get("content-length");
        if (length == null) {
            return new BodyToClose(in);
        }
        if (!length.matches("\\d{1,18}")) {
            throw new IOException("malformed response: Content-Length: " + length);
        }
        return new SizedBody(in, Long.parseLong(length));
    }
}
