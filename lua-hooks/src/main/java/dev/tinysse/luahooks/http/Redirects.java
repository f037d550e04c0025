package dev.tinysse.luahooks.http;

import dev.tinysse.luahooks.url.Url;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The next request after a redirect (RFC 9110, section 15.4). */
final class Redirects {

    private static final Set<Integer> WITH_GET = Set.of(301, 302, 303);
    private static final Set<Integer> UNCHANGED = Set.of(307, 308);
    private static final Set<String> OF_THE_BODY = Set.of("content-type", "content-length", "content-encoding",
            "transfer-encoding");
    private static final Set<String> OF_THE_HOST = Set.of("authorization", "cookie", "cookie2", "proxy-authorization",
            "www-authenticate", "host");
    private static final byte[] NO_BODY = {};

    private Redirects() {}

    /**
     * The request to follow {@code response} with.
     *
     * @return absent if {@code response} is the requested one, or leads to no address on a network
     */
    static Optional<Request> next(Request request, Response response) {
        if (!WITH_GET.contains(response.status()) && !UNCHANGED.contains(response.status())) {
            return Optional.empty();
        }
        return response.headers().stream().filter(header -> header.is("location")).findFirst()
                .flatMap(location -> Addresses.resolve(request.url(), utf8(location.value())))
                .filter(url -> !url.scheme().equals("file"))
                .map(url -> to(url, request, WITH_GET.contains(response.status())));
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static Request to(Url url, Request request, boolean withGet) {
        List<Header> headers = new ArrayList<>(request.headers());
        headers.removeIf(header -> header.is("referer") || withGet && isOneOf(OF_THE_BODY, header)
                || !Addresses.sameHost(url, request.url()) && isOneOf(OF_THE_HOST, header));
        referer(request.url(), url).ifPresent(headers::add);
        String method = withGet && !request.method().equals("HEAD") ? "GET" : request.method();
        return new Request(method, url, headers, withGet ? NO_BODY : request.body(), request.version());
    }

    private static boolean isOneOf(Set<String> names, Header header) {
        return names.stream().anyMatch(header::is);
    }

    /** Where one comes from is not told to a server to which the way is not encrypted, if it was before. */
    private static Optional<Header> referer(Url from, Url to) {
        if (from.scheme().equals("https") && to.scheme().equals("http")) {
            return Optional.empty();
        }
        Url shown = new Url(from.scheme(), "", Optional.empty(), from.host(), from.port(), from.path(), from.query(),
                Optional.empty());
        return Optional.of(new Header("referer", shown.toString()));
    }
}
