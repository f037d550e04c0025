package dev.tinysse.streams.http;

import dev.tinysse.server.spi.DurableStreams;
import dev.tinysse.server.spi.DurableStreamsConfig;
import dev.tinysse.server.spi.RequestBodies;
import dev.tinysse.server.spi.StreamAccess;
import dev.tinysse.server.spi.StreamAccess.Grant;
import dev.tinysse.server.spi.StreamAccess.Permission;
import dev.tinysse.streams.log.StreamLog;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Maps requests to operations. Safe for any thread. */
public final class DurableStreamsHandler implements DurableStreams {
    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "POST", "DELETE");

    private final StreamLog log;
    private final StreamAccess access;
    private final Creates creates;
    private final Appends appends;
    private final Reads reads;

    /**
     * A handler.
     *
     * @param config of the streams
     * @param log stores them; is closed with the handler
     * @param bodies reads the bodies of requests
     * @param access authenticates and authorizes requests
     * @param clock what time it is
     */
    public DurableStreamsHandler(DurableStreamsConfig config, StreamLog log, RequestBodies bodies,
            StreamAccess access, InstantSource clock) {
        Cursors cursors = new Cursors(clock, new CurrentRandom());
        this.log = log;
        this.access = access;
        this.creates = new Creates(config, log, bodies, access);
        this.appends = new Appends(config, log, bodies);
        this.reads = new Reads(log, access, config, clock, cursors, new ThreadPerReader(config, cursors));
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response, String path) {
        Responses.secure(response);
        try {
            handle(request, response, request.prologue().method().text(), StreamName.of(path));
        } catch (RequestException e) {
            Responses.error(request, response, e.status(), e.getMessage());
        }
    }

    private void handle(ServerRequest request, ServerResponse response, String method, String name)
            throws RequestException {
        switch (method) {
            case "GET", "HEAD", "PUT", "POST", "DELETE" -> {
                Optional<Grant> grant = access.admit(request, response, permission(request, method), name);
                if (grant.isPresent()) {
                    operate(request, response, method, name, grant.get());
                }
            }
            case "OPTIONS" -> {
                response.header(HeaderNames.ALLOW, String.join(", ", METHODS));
                response.status(Status.OK_200).send();
            }
            default -> {
                response.header(HeaderNames.ALLOW, String.join(", ", METHODS));
                Responses.error(request, response, Status.METHOD_NOT_ALLOWED_405,
                        "method not allowed: method=" + method);
            }
        }
    }

    /** A request without a body that closes a stream does nothing else. */
    private static Permission permission(ServerRequest request, String method) {
        if (method.equals("GET") || method.equals("HEAD")) {
            return Permission.READ;
        }
        boolean closes = method.equals("POST") && !request.content().hasEntity()
                && new WriteHeaders(request.headers()).close();
        return closes ? Permission.CLOSE : Permission.WRITE;
    }

    private void operate(ServerRequest request, ServerResponse response, String method, String name, Grant grant)
            throws RequestException {
        switch (method) {
            case "GET" -> reads.get(request, response, name, grant);
            case "HEAD" -> reads.head(request, response, name);
            case "PUT" -> creates.put(request, response, name);
            case "POST" -> appends.post(request, response, name);
            default -> appends.delete(request, response, name);
        }
    }

    @Override
    public List<String> methods() {
        return METHODS;
    }

    @Override
    public List<String> requestHeaders() {
        return Names.REQUEST;
    }

    @Override
    public List<String> responseHeaders() {
        return Names.RESPONSE;
    }

    @Override
    public void drain() {
        log.drain();
    }

    @Override
    public void close() {
        log.close();
    }

    /** The random numbers of whichever thread wants one. */
    private static final class CurrentRandom implements RandomGenerator {
        @Override
        public long nextLong() {
            return ThreadLocalRandom.current().nextLong();
        }
    }
}
