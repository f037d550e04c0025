package dev.tinysse.server;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.eventlog.EventLogs;
import dev.tinysse.server.settings.Invocation;
import dev.tinysse.server.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server of its own for a test, on a port that was free, with the flags that a user would give it. */
public final class RunningServer implements AutoCloseable {
    /** Starts where a process begins to handle signals. */
    static final Component NOTHING = deadline -> {};

    private final Server server;

    /** A server without a script. */
    public RunningServer(String... flags) {
        this(new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of();
            }
        }, flags);
    }

    /** A server with these hooks. */
    public RunningServer(Hooks hooks, String... flags) {
        try {
            Invocation.Serve serve = serve(flags);
            server = new Server(serve, Optional.empty(), new HookCalls(hooks), EventLogs.open(serve.settings()),
                    NOTHING);
            server.start();
        } catch (StartException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settings of a server with these flags. */
    public static Settings settings(String... flags) {
        return serve(flags).settings();
    }

    static Invocation.Serve serve(String... flags) {
        Map<String, String> unlessGiven = Map.of("TINYSSE_LISTEN", "127.0.0.1:0", "TINYSSE_DRAIN_TIMEOUT", "1s");
        try {
            return (Invocation.Serve) Invocation.read(List.of(flags), unlessGiven, List::of);
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.bound().getFirst().port();
    }

    /** A new connection to it. */
    public HttpClientSocket connect() {
        return new HttpClientSocket(port());
    }

    /** Sends one request on a connection of its own. */
    public HttpClientSocket.Response ask(String request) {
        try (HttpClientSocket client = connect()) {
            return client.send(request).response();
        }
    }

    /** Sends one JSON body to the publish path. */
    public HttpClientSocket.Response publish(String json) {
        return ask(HttpClientSocket.post("/sse", "application/json", json));
    }

    /** An open stream, of which the head and the first comment have been read. */
    public HttpClientSocket subscribe() {
        HttpClientSocket client = connect().send(HttpClientSocket.get("/sse"));
        client.head();
        client.event();
        return client;
    }

    /** Stops the server as a signal would do it. */
    public void stop() {
        try {
            server.stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
