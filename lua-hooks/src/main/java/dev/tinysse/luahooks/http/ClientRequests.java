package dev.tinysse.luahooks.http;

import dev.tinysse.luahooks.url.Url;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;

/** Makes requests of the JDK's client. */
final class ClientRequests {

    private final String userAgent;

    ClientRequests(String userAgent) {
        this.userAgent = userAgent;
    }

    /** @throws HttpException if the client does not take it */
    HttpRequest of(Request request) throws HttpException {
        try {
            return built(request);
        } catch (IllegalArgumentException e) {
            throw new HttpException("builder error for url (" + request.shownUrl() + "): " + e.getMessage(), e);
        } catch (UnknownHostException e) {
            throw new HttpException("error sending request for url (" + request.shownUrl() + "): " + e.getMessage(), e);
        }
    }

    private HttpRequest built(Request request) throws UnknownHostException {
        Url url = request.url();
        URI target = Addresses.toUri(url);
        HttpRequest.Builder builder = HttpRequest.newBuilder().version(version(request));
        method(builder, request);
        if (target.getHost() == null && url.scheme().equals("http")) {
            addDefault(builder, request, "host", target.getRawAuthority());
            target = Addresses.toUri(Addresses.resolved(url));
        }
        builder.uri(target);
        addDefault(builder, request, "accept", "*/*");
        addDefault(builder, request, "user-agent", userAgent);
        url.userInfo().ifPresent(
                bytes -> builder.header("authorization", "Basic " + Base64.getEncoder().encodeToString(bytes)));
        request.headers().forEach(header -> builder.header(header.name(), ascii(header)));
        return builder.build();
    }

    /** Without a publisher the client does not say that the body has no bytes, which only some methods ask for. */
    private static void method(HttpRequest.Builder builder, Request request) {
        boolean hasBody = request.body().length > 0;
        switch (hasBody ? "" : request.method()) {
            case "GET" -> builder.GET();
            case "HEAD" -> builder.HEAD();
            case "DELETE" -> builder.DELETE();
            default -> builder.method(request.method(), BodyPublishers.ofByteArray(request.body()));
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

    /** Without encryption a newer version costs the server a question that not every one understands: only if wanted. */
    private static Version version(Request request) {
        return request.version().orElse(request.url().scheme().equals("https") ? Version.HTTP_2 : Version.HTTP_1_1);
    }
}
