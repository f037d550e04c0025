package dev.tinysse.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A response, whose body is still to be read.
 *
 * @param status 200 to 599
 * @param reason the words behind the status, may be empty
 * @param headers by name in lower case, the last of each
 * @param body what follows, without the framing
 */
public record Response(int status, String reason, Map<String, String> headers, InputStream body) {
    /** More of an error is not shown, nor read. */
    private static final int MAX_TEXT = 1 << 20;

    /** {@return a header, if it is there} */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** {@return whether the request succeeded} */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** {@return whether this names another address to ask} */
    public boolean isRedirect() {
        return header("location").isPresent()
                && (status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
    }

    /**
     * Whether the connection can take another request.
     *
     * @return false if there is more of the body
     * @throws IOException if that cannot be read
     */
    public boolean isReusable() throws IOException {
        return !header("connection").map(value -> value.toLowerCase(Locale.ROOT).contains("close")).orElse(false)
                && !(body instanceof BodyToClose) && body.read() < 0;
    }

    /** {@return whether the body is a stream of events} */
    public boolean isEventStream() {
        return header("content-type").map(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .orElse(false);
    }

    /** {@return the body, read to its end, up to a mebibyte} */
    public String text() throws IOException {
        return new String(body.readNBytes(MAX_TEXT), StandardCharsets.UTF_8);
    }

    /**
     * The body, read to its end.
     *
     * @throws MalformedResponseException if it has over a mebibyte
     */
    public String wholeText() throws IOException {
        byte[] bytes = body.readNBytes(MAX_TEXT + 1);
        if (bytes.length > MAX_TEXT) {
            throw new MalformedResponseException("a body of over " + MAX_TEXT + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** {@return status and reason} */
    public String statusLine() {
        return reason.isEmpty() ? Integer.toString(status) : status + " " + reason;
    }
}
