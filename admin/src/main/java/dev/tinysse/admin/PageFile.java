package dev.tinysse.admin;

import dev.tinysse.server.routing.Responses;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A file of the page. What it may load comes from the same listener, and no other page may frame it. Safe for any thread.
 *
 * @param name of the file
 */
record PageFile(String name) implements Handler {
    private static final Header POLICY = HeaderValues.createCached("Content-Security-Policy", "default-src 'self'");
    private static final Header NO_FRAMES = HeaderValues.createCached("X-Frame-Options", "DENY");
    private static final Header NO_SNIFFING = HeaderValues.createCached("X-Content-Type-Options", "nosniff");
    private static final Header NO_REFERRER = HeaderValues.createCached("Referrer-Policy", "no-referrer");
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css",
            "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        byte[] file = read();
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE,
                TYPES.get(name.substring(name.lastIndexOf('.') + 1))));
        for (Header header : new Header[]{POLICY, NO_FRAMES, NO_SNIFFING, NO_REFERRER}) {
            response.header(header);
        }
        Responses.page(request, response, file);
    }

    private byte[] read() {
        try (InputStream in = PageFile.class.getResourceAsStream("console/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no such resource: name=" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
