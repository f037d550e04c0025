package dev.tinysse.api;

import java.util.Map;
import java.util.Objects;

/**
 * What a hook may know of the HTTP request behind a publication or subscription. Immutable; nothing in it is null.
 *
 * @param method the method, as sent
 * @param uri the request target, as sent
 * @param path the path of the target, not decoded
 * @param query the query of the target, not decoded, without its question mark; empty if there is none
 * @param ip the client's address, as the server sees it
 * @param port the client's port, 1 to 65535
 * @param headers values by lower-case name, of a repeated header the last one; those that are not UTF-8 are left out
 */
public record Request(String method, String uri, String path, String query, String ip, int port,
        Map<String, String> headers) {
    /** Checks that nothing is null and copies the headers. */
    public Request {
        Objects.requireNonNull(method);
        Objects.requireNonNull(uri);
        Objects.requireNonNull(path);
        Objects.requireNonNull(query);
        Objects.requireNonNull(ip);
        headers = Map.copyOf(headers);
    }
}
