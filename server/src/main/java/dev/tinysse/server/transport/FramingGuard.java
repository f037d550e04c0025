package dev.tinysse.server.transport;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/**
 * Refuses every request whose end is ambiguous
 * (<a href="https://www.rfc-editor.org/rfc/rfc9112#section-6">RFC 9112 section 6</a>): that is how requests are smuggled past
 * a proxy. It checks a head as soon as that has been read, and a refusal also ends the connection. What Helidon itself refuses is
 * not here: a Content-Length that is not one number, and one beside a Transfer-Encoding. Safe for any thread.
 */
final class FramingGuard implements Http1ConnectionListener {
    private static final HeaderName NO_NAME = HeaderNames.create("");

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        Connection connection = (Connection) context;
        connection.endAfterLastResponse();
        connection.requestLine(prologue.method().text(), prologue.uriPath().rawPath());
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        ((Connection) context).identify(headers);
        boolean chunked = headers.contains(HeaderNames.TRANSFER_ENCODING);
        boolean sized = headers.contains(HeaderNames.CONTENT_LENGTH);
        if (headers.contains(NO_NAME)) {
            throw RequestReader.refused("header without a name");
        }
        if (chunked && !isChunked(headers)) {
            throw RequestReader.refused("Transfer-Encoding other than chunked");
        }
        boolean hasBody = chunked || sized && !headers.get(HeaderNames.CONTENT_LENGTH).get().trim().equals("0");
        ((Connection) context).headComplete(hasBody, isLast(headers));
    }

    private static boolean isLast(Headers headers) {
        return headers.contains(HeaderNames.CONNECTION) && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /** Exactly one coding: Helidon would accept a list with empty elements. */
    private static boolean isChunked(Headers headers) {
        Header coding = headers.get(HeaderNames.TRANSFER_ENCODING);
        return coding.valueCount() == 1 && coding.get().trim().equalsIgnoreCase("chunked");
    }
}
