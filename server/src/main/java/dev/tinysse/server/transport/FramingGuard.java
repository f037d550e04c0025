package dev.tinysse.server.transport;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
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
 * a proxy. It is asked as soon as a head has been read, and what it refuses also ends the connection. What Helidon itself refuses is not
 * here: a Content-Length that is not one number, and one beside a Transfer-Encoding. Safe for any thread.
 */
final class FramingGuard implements Http1ConnectionListener {
    private static final HeaderName NO_NAME = HeaderNames.create("");

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
        if (headers.contains(NO_NAME)) {
            throw refused("header without a name");
        }
        if (chunked && !isChunked(headers)) {
            throw refused("Transfer-Encoding other than chunked");
        }
        ((Connection) context).headComplete(chunked || sized, headers.contains(HeaderValues.CONNECTION_CLOSE));
    }

    /** A character of a token as in RFC 9110 section 5.6.2. */
    private static boolean isTokenCharacter(int c) {
        return c < 128 && Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /** In the one spelling that Helidon takes for it: with any other it would read no body at all. */
    private static boolean isChunked(Headers headers) {
        return headers.get(HeaderNames.TRANSFER_ENCODING).valueCount() == 1
                && headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED);
    }

    private static RequestException refused(String what) {
        return RequestException.builder().type(DirectHandler.EventType.BAD_REQUEST).status(Status.BAD_REQUEST_400)
                .setKeepAlive(false).message(what).build();
    }
}
