package dev.tinysse.server.durable;

import dev.tinysse.server.access.Access;
import dev.tinysse.server.cors.CorsFilter;
import dev.tinysse.server.cors.CorsPolicy;
import dev.tinysse.server.http.Requests;
import dev.tinysse.server.http.Responses;
import dev.tinysse.server.http.StreamAuthorization;
import dev.tinysse.server.http.StreamedBodies;
import dev.tinysse.server.settings.AllowList;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.spi.DurableStreams;
import dev.tinysse.server.spi.DurableStreamsConfig;
import dev.tinysse.server.spi.DurableStreamsProvider;
import dev.tinysse.server.transport.Connection;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Serves durable streams under their path, with rules of their own for pages of other origins, and lets all other requests pass. Any
 * thread may call any method.
 */
public final class DurableStreamsFilter implements Filter, AutoCloseable {
    private final String path;
    private final DurableStreams streams;
    private final CorsFilter cors;
    private final Header exposed;

    private DurableStreamsFilter(String path, DurableStreams streams, Settings settings) {
        this.path = path;
        this.streams = streams;
        this.cors = new CorsFilter(policy(settings, streams));
        this.exposed = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
                String.join(", ", streams.responseHeaders()));
    }

    /**
     * Loads the module.
     *
     * @param settings with a path of durable streams
     * @param access authentication and authorization; empty if everyone may do everything
     * @return the filter; empty if the module is not there
     */
    public static Optional<DurableStreamsFilter> open(Settings settings, Optional<Access> access) {
        Optional<DurableStreamsProvider> provider = ServiceLoader.load(DurableStreamsProvider.class).findFirst();
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        DurableStreamsConfig config = config(settings);
        DurableStreams streams = provider.get().open(config, new StreamedBodies(settings.http().maxBodySize()),
                new StreamAuthorization(access));
        return Optional.of(new DurableStreamsFilter(config.path(), streams, settings));
    }

    private static DurableStreamsConfig config(Settings settings) {
        Settings.DurableStreams own = settings.durableStreams();
        Settings.Streams streams = settings.streams();
        return new DurableStreamsConfig(own.path().orElseThrow(), own.bytes(Runtime.getRuntime().maxMemory()),
                own.ttl().filter(ttl -> !ttl.isZero()), own.longPoll(), own.coalesce().orElse(Duration.ZERO),
                streams.timeout(),
                streams.keepAlive(), streams.keepAliveText(), settings.http().maxBodySize());
    }

    private static CorsPolicy policy(Settings settings, DurableStreams streams) {
        Settings.Cors cors = settings.cors();
        List<String> headers = new ArrayList<>();
        if (cors.allowHeaders().any()) {
            headers.add("*");
            headers.add(HeaderNames.AUTHORIZATION.defaultCase()); // which no browser takes for part of a star
        }
        headers.addAll(cors.allowHeaders().names());
        headers.addAll(streams.requestHeaders());
        AllowList methods = cors.allowMethods().orElse(AllowList.of(streams.methods()));
        return new CorsPolicy(names(cors.allowOrigin()), names(methods), headers.stream().distinct().toList(),
                cors.allowCredentials(), cors.maxAge());
    }

    private static List<String> names(AllowList list) {
        return list.any() ? List.of("*") : list.names();
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String requested = Requests.path(request);
        boolean below = requested.startsWith(path)
                && (requested.length() == path.length() || requested.charAt(path.length()) == '/');
        if (!below) {
            chain.proceed();
            return;
        }
        response.header(exposed);
        cors.filter(() -> serve(request, response, requested.substring(path.length())), request, response);
    }

    private void serve(RoutingRequest request, RoutingResponse response, String below) {
        Connection.current().leaveLoop();
        String method = request.prologue().method().text();
        if (!method.equals("PUT") && !method.equals("POST")) {
            Responses.closeIfUnread(response);
        }
        streams.handle(request, response, below);
        response.commit();
    }

    /** Ends event streams and waits, and refuses to write from now on. */
    public void drain() {
        streams.drain();
    }

    @Override
    public void close() {
        streams.close();
    }
}
