package dev.tinysse.server.requests;

import java.util.Optional;

/**
 * A request, as far as it was read.
 *
 * @param client its address and port
 * @param method {@link #UNKNOWN} if it was not read
 * @param path without its query, which may hold secrets; {@link #UNKNOWN} if it was not read
 * @param route the name of the path for metrics
 * @param traceparent of the caller, if it sent one
 */
public record RequestHead(String client, String method, String path, String route, Optional<String> traceparent) {
    /** Stands for what was not read. */
    public static final String UNKNOWN = "-";

    /** A request that reaches no route. */
    public static RequestHead refused(String client, String method, String path) {
        return new RequestHead(client, method, path, UNKNOWN, Optional.empty());
    }

    /** A request whose first line may have been read, as far as it goes. */
    public static RequestHead refused(String client, String line) {
        String[] words = line.split(" ", 3);
        return words.length < 3 || words[0].isEmpty() || words[1].isEmpty()
                ? refused(client, UNKNOWN, UNKNOWN)
                : refused(client, words[0], words[1].replaceFirst("[?#].*", ""));
    }

    /** The same with the name of its path. */
    public RequestHead withRoute(String name) {
        return new RequestHead(client, method, path, name, traceparent);
    }
}
