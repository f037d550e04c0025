package dev.tinysse.luahooks.packages.http;

import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;

/** Makes requests of the platform's client. */
final class ClientRequests {

    private final String userAgent;

    ClientRequests(String userAgent) {
        this.userAgent = userAgent;
    }

    /** @throws HttpException if the client does not take it */
    HttpRequest of(Request request) throws HttpException {
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(Addresses.toUri(request.url()))
                    .version(version(request))
                    .method(request.method(), body(request));
            addDefault(builder, request, "accept", "*/*");
            addDefault(builder, request, "user-agent", userAgent);
            request.url().userInfo().ifPresent(bytes -> builder.header("authorization",
                    "Basic " + Base64.getEncoder().encodeToString(bytes)));
            request.headers().forEach(header -> builder.header(header.name(), ascii(header)));
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new HttpException("builder error for url (" + request.shownUrl() + "): " + e.getMessage(), e);
        }
    }

    /** The client would send a question mark for anything else. */
    private static String ascii(Header header) {
        if (header.value().chars().anyMatch(c -> c > 0x7f)) {
            throw new IllegalArgumentException("header value is not ASCII: " + header.name());
        }
        return header.value();
    }

    private static void addDefault(HttpRequest.Builder builder, Request request, String name, String value) {
        if (!request.hasHeader(name)) {
            builder.header(name, value);
        }
    }

    private static BodyPublisher body(Request request) {
        return request.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body());
    }

    /** Without encryption a newer version costs the server a question that not every one understands: only if wanted. */
    private static Version version(Request request) {
        return request.version().orElse(request.url().scheme().equals("https") ? Version.HTTP_2 : Version.HTTP_1_1);
    }
}
