package dev.tinysse.luahooks.http;

import dev.tinysse.luahooks.url.Url;
import java.net.http.HttpClient.Version;
import java.util.List;
import java.util.Optional;

/**
 * A request.
 *
 * @param method  any token
 * @param url     of the scheme http or https; a name and password in it become credentials
 * @param headers in the order in which they are sent
 * @param body    empty for none; the caller must not change it
 * @param version the newest version of HTTP to use; absent for the best that the server offers
 */
public record Request(String method, Url url, List<Header> headers, byte[] body, Optional<Version> version) {

    boolean hasHeader(String name) {
        return headers.stream().anyMatch(header -> header.is(name));
    }

    /** The address as errors show it: without the password. */
    String shownUrl() {
        return Addresses.withoutCredentials(url).toString();
    }
}
