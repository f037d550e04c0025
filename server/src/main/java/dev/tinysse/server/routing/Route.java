package dev.tinysse.server.routing;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A path of a listener, with its name in metrics, its methods, and what it requires. To be filled before it is added to a
 * {@link Router}.
 */
public final class Route {
    /** The name of the paths of publishers. */
    public static final String PUBLISH = "publish";
    /** The name of all paths without a name of their own. */
    public static final String OTHER = "other";

    private final String name;
    private final Optional<String> path;
    private Optional<Segment> segment = Optional.empty();
    private final Map<Method, Handler> handlers = new LinkedHashMap<>();
    private boolean needsToken = true;
    private boolean needsHost = true;
    private boolean onLoop;

    /**
     * Paths with one segment that a request chooses.
     *
     * @param before the path up to that
     * @param after the path behind that
     */
    record Segment(String before, String after) {
        boolean matches(String path) {
            int end = path.length() - after.length();
            int slash = path.indexOf('/', before.length());
            return end > before.length() && (slash < 0 || slash >= end) && path.startsWith(before)
                    && path.endsWith(after);
        }
    }

    private Route(String name, Optional<String> path) {
        this.name = name;
        this.path = path;
    }

    /** One path. */
    public static Route at(String name, String path) {
        return new Route(name, Optional.of(path));
    }

    /** All paths with one segment, which is not empty, between these. */
    public static Route between(String before, String after) {
        Route route = new Route(OTHER, Optional.empty());
        route.segment = Optional.of(new Segment(before, after));
        return route;
    }

    /** The path may have one more segment. */
    public Route orBelow() {
        String whole = path.orElseThrow();
        segment = Optional.of(new Segment(whole.endsWith("/") ? whole : whole + "/", ""));
        return this;
    }

    /** Responds to GET and HEAD. */
    public Route get(Handler handler) {
        handlers.put(Method.GET, handler);
        handlers.put(Method.HEAD, handler);
        return this;
    }

    /** Responds to POST. */
    public Route post(Handler handler) {
        handlers.put(Method.POST, handler);
        return this;
    }

    /** Responds to DELETE. */
    public Route delete(Handler handler) {
        handlers.put(Method.DELETE, handler);
        return this;
    }

    /** The admin listener requires no token: nothing here is secret. */
    public Route withoutToken() {
        needsToken = false;
        return this;
    }

    /** The admin listener requires neither a token nor one of its names: tools that check the health of the server have none. */
    public Route withoutHost() {
        needsHost = false;
        return withoutToken();
    }

    /** Its handler neither computes much nor waits, or leaves the event loop by itself before it does. */
    public Route onLoop() {
        onLoop = true;
        return this;
    }

    String name() {
        return name;
    }

    Optional<String> path() {
        return path;
    }

    Optional<Segment> segment() {
        return segment;
    }

    Map<Method, Handler> handlers() {
        return handlers;
    }

    /** {@return whether the admin listener requires a token} */
    public boolean needsToken() {
        return needsToken;
    }

    /** {@return whether the admin listener requires one of its names as the host} */
    public boolean needsHost() {
        return needsHost;
    }

    boolean isOnLoop() {
        return onLoop;
    }
}
