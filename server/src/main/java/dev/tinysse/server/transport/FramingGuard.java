package dev.tinysse.server.transport;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/**
 * Refuses every request whose method is none, and every request of which two parties could disagree where it ends
 * (<a href="https://www.rfc-editor.org/rfc/rfc9112#section-6">RFC 9112 section 6</a>): that is how requests are smuggled past
 * a proxy. It is asked as soon as a head has been read, and what it refuses also ends the connection. Safe for any thread.
 */
final class FramingGuard implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        ((Connection) context).endAfterLastAnswer();
        String method = prologue.method().text();
        if (method.isEmpty() || !method.chars().allMatch(FramingGuard::isTokenCharacter)) {
            throw refused("method that is not a token");
        }
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        boolean chunked = headers.contains(HeaderNames.TRANSFER_ENCODING);
        boolean sized = headers.contains(HeaderNames.CONTENT_LENGTH);
        if (chunked && sized) {
            throw refused("Transfer-Encoding together with Content-Length");
        }
        if (chunked && !isExactly(headers.get(HeaderNames.TRANSFER_ENCODING), "chunked")) {
            throw refused("Transfer-Encoding other than chunked");
        }
        if (sized && !isLength(headers.get(HeaderNames.CONTENT_LENGTH))) {
            throw refused("Content-Length that is not one number");
        }
        ((Connection) context).headComplete(chunked || sized, headers.contains(HeaderValues.CONNECTION_CLOSE));
    }

    /** A character of a token as in RFC 9110 section 5.6.2. */
    private static boolean isTokenCharacter(int c) {
        return c < 128 && Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static boolean isExactly(Header header, String value) {
        return header.valueCount() == 1 && header.get().trim().equalsIgnoreCase(value);
    }

    private static boolean isLength(Header header) {
        String digits = header.get().trim();
        return header.valueCount() == 1 && !digits.isEmpty() && digits.length() <= 18
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static RequestException refused(String what) {
        return RequestException.builder().type(DirectHandler.EventType.BAD_REQUEST).status(Status.BAD_REQUEST_400)
                .setKeepAlive(false).message(what).build();
    }
}
