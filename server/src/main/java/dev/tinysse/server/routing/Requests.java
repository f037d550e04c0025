package dev.tinysse.server.routing;

import dev.tinysse.api.Request;
import io.helidon.http.Header;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the requests that hooks see. */
public final class Requests {
    private Requests() {}

    /**
     * The request as hooks see it.
     *
     * @param secret parameter of the query that is not for them
     */
    public static Request of(ServerRequest request, Optional<String> secret) {
        HttpPrologue prologue = request.prologue();
        String path = path(request);
        String sent = prologue.query().rawValue();
        String query = secret.isPresent() ? without(secret.get(), sent) : sent;
        return new Request(prologue.method().text(), query.isEmpty() ? path : path + "?" + query, path, query,
                request.remotePeer().host(), request.remotePeer().port(), headers(request));
    }

    private static String without(String parameter, String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(field -> !FormFields.parseQuery(field).orElse(List.of()).stream()
                        .anyMatch(parsed -> parsed.name().equals(parameter)))
                .collect(Collectors.joining("&"));
    }

    /** The path as it came, not decoded. The scheme and host of a target in absolute form are left out. */
    public static String path(ServerRequest request) {
        String path = request.prologue().uriPath().rawPath();
        if (path.startsWith("/")) {
            return path;
        }
        int host = path.indexOf("://");
        int end = host < 0 ? -1 : path.indexOf('/', host + 3);
        return end < 0 ? path : path.substring(end);
    }

    private static Map<String, String> headers(ServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : request.headers()) {
            List<String> values = header.allValues();
            Utf8.decode(values.getLast()).ifPresent(value -> headers.put(header.headerName().lowerCase(), value));
        }
        return headers;
    }
}
