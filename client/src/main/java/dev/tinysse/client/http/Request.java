package dev.tinysse.client.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request.
 *
 * @param method in upper case
 * @param address where to
 * @param headers by name, without {@code Host} and {@code Content-Length}; no value has a line break
 * @param body may be empty
 */
public record Request(String method, Address address, Map<String, String> headers, byte[] body) {
    private static final String AUTHORIZATION = "Authorization";

    /** The same to another address, without the token if that is another host's. */
    Request to(Address other) {
        Map<String, String> others = new LinkedHashMap<>(headers);
        if (!address.sameOrigin(other)) {
            others.remove(AUTHORIZATION);
        }
        return new Request(method, other, others, body);
    }

    /** {@return the same with a token} */
    public Request authorized(String token) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(AUTHORIZATION, "Bearer " + token);
        return new Request(method, address, all, body);
    }

    /** {@return the request as it goes over the wire} */
    public byte[] bytes() {
        StringBuilder head = new StringBuilder(256).append(method).append(' ').append(address.target())
                .append(" HTTP/1.1\r\nHost: ").append(address.authority()).append("\r\nUser-Agent: tinysse\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length + 2);
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** Without the headers, one of which may be a token. */
    @Override
    public String toString() {
        return method + " " + address;
    }
}
