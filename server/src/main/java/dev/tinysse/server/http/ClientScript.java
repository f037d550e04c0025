package dev.tinysse.server.http;

import dev.tinysse.api.internal.Sha256;
import dev.tinysse.server.routing.Responses;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Serves {@code tinysse.js}, the client for browsers. A browser asks each time whether it has changed: it belongs to the release of
 * the server. Safe for any thread.
 */
final class ClientScript implements Handler {
    private static final String RESOURCE = "tinysse.js";
    private static final int TAG_DIGITS = 16;
    private final String text;
    private final String tag;

    ClientScript() {
        try (InputStream resource = ClientScript.class.getResourceAsStream(RESOURCE)) {
            byte[] bytes = resource.readAllBytes();
            text = new String(bytes, StandardCharsets.UTF_8);
            tag = '"' + HexFormat.of().formatHex(Sha256.of(bytes)).substring(0, TAG_DIGITS) + '"';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.ETAG, tag);
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        if (isKnown(request)) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, "text/javascript; charset=utf-8");
        response.header(HeaderValues.X_CONTENT_TYPE_OPTIONS_NOSNIFF);
        Responses.page(request, response, text);
    }

    private boolean isKnown(ServerRequest request) {
        if (!request.headers().contains(HeaderNames.IF_NONE_MATCH)) {
            return false;
        }
        List<String> tags = request.headers().get(HeaderNames.IF_NONE_MATCH).allValues(true);
        return tags.contains("*") || tags.contains(tag) || tags.contains("W/" + tag);
    }
}
