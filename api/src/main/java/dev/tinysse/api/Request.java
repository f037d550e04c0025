package dev.tinysse.api;

import java.util.Map;
import java.util.Objects;

/**
 * The part of the HTTP request behind a publication or subscription that hooks may read. Immutable; nothing in it is null.
 *
 * @param method the method, as sent
 * @param uri the request target, as sent, but without the query parameter in which {@code --auth-query} takes a token
 * @param path the path of the target, not decoded
 * @param query the query of the target, not decoded, without its question mark; empty if there is none; without a token, as
 *     {@code uri}
 * @param ip the client's address, as the server or a trusted proxy sees it; {@code unix} on a Unix domain socket
 * @param port the client's port, 1 to 65535; 0 where it is not known
 * @param headers values by lower-case name, of a repeated header the last one; those that are not UTF-8 are left out
 * @param claims what the token of the request says, verified by the server: values are {@link String}, {@link Boolean},
 *     {@link Long}, {@link Double} (also integers beyond 64 bits), {@link java.util.List} and {@link Map} of them, without
 *     nulls; for an API key {@code sub} alone, with its name; empty without a token. Unmodifiable in depth
 */
public record Request(String method, String uri, String path, String query, String ip, int port,
        Map<String, String> headers, Map<String, Object> claims) {
    /** Stands for the request where there is none, as behind a message that the server itself publishes. */
    public static final Request NONE = new Request("", "", "", "", "", 0, Map.of());

    /** Checks that nothing is null, and copies headers and claims. */
    public Request {
        Objects.requireNonNull(method);
        Objects.requireNonNull(uri);
        Objects.requireNonNull(path);
        Objects.requireNonNull(query);
        Objects.requireNonNull(ip);
        headers = Map.copyOf(headers);
        claims = Claims.copyOf(claims);
    }

    /**
     * A request without claims.
     *
     * @param method the method
     * @param uri the request target
     * @param path the path of the target
     * @param query the query of the target
     * @param ip the client's address
     * @param port the client's port
     * @param headers values by lower-case name
     */
    public Request(String method, String uri, String path, String query, String ip, int port,
            Map<String, String> headers) {
        this(method, uri, path, query, ip, port, headers, Map.of());
    }

    /**
     * This request with these claims.
     *
     * @param verified claims, not null; empty for none
     * @return the new request
     * @throws IllegalArgumentException if a value is of a type that claims do not have
     */
    public Request withClaims(Map<String, Object> verified) {
        return new Request(method, uri, path, query, ip, port, headers, verified);
    }

    /** {@return method, address and path, for logs: neither query, headers nor claims, which may hold secrets} */
    @Override
    public final String toString() {
        return "Request[method=" + method + ", path=" + path + ", ip=" + ip + ", port=" + port + "]";
    }
}
