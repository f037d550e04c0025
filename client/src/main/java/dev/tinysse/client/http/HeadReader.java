package dev.tinysse.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the head of a response, and lines between chunks. For one thread. */
final class HeadReader {
    private static final int MAX_HEAD = 64 * 1024;
    private static final int FIRST_FINAL = 200;
    private final InputStream in;
    private byte[] line = new byte[256];
    private int headSize;

    HeadReader(InputStream in) {
        this.in = in;
    }

    /** The next response that is final, with its body. */
    Response response(String method) throws IOException {
        Response response;
        do {
            headSize = 0;
            response = head(method);
        } while (response.status() < FIRST_FINAL);
        return response;
    }

    private Response head(String method) throws IOException {
        String start = line();
        if (!start.startsWith("HTTP/1.") || start.length() < 12 || !start.substring(9, 12).chars().allMatch(
                c -> c >= '0' && c <= '9')) {
            throw new IOException("no response of HTTP/1.1: " + start.substring(0, Math.min(start.length(), 80)));
        }
        int status = Integer.parseInt(start.substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
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
            return new ChunkedBody(this, in);
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

    /** The bytes up to the next line break, without it. */
    String line() throws IOException {
        int length = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended " + (headSize == 0 && length == 0
                        ? "before the response"
                        : "within the response"));
            }
            if (length == line.length) {
                if (length >= MAX_HEAD) {
                    throw new IOException("malformed response: a line of over " + MAX_HEAD + " bytes");
                }
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) b;
        }
        headSize = Math.min(Integer.MAX_VALUE / 2, headSize + length + 1);
        return new String(line, 0, length > 0 && line[length - 1] == '\r' ? length - 1 : length,
                StandardCharsets.UTF_8);
    }
}
