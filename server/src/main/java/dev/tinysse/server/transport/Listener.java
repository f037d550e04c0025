package dev.tinysse.server.transport;

import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.broker.stream.PlainChannel;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.component.ServiceLoop;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.helidon.HelidonServices;
import dev.tinysse.server.helidon.Http1Settings;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.sockets.BoundEndpoint;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.tls.Certificates;
import dev.tinysse.server.transport.threads.ConnectionThreads;
import dev.tinysse.server.transport.threads.ThreadChoice;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Header;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Accepts connections, gives each a virtual thread with Helidon's HTTP/1.1 on it, and applies the deadlines of
 * clients. Any thread may call it.
 *
 * <p>It stands where Helidon's own listener would, since a stream's channel must be had from below HTTP: for writes that do
 * not block, and for streams without a thread (see docs/decisions).
 */
public final class Listener implements ReturnedChannels, Component {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final long WATCH_MILLIS = 200;
    private static final long FINISH_MILLIS = 2;
    /** How long requests that come while the server stops may take to get their response. */
    private static final Duration LAST_RESPONSES = Duration.ofMillis(200);
    /** A channel that closes takes less than a quarter of what a connection takes. */
    private static final long CLOSING_PER_CONNECTION = 4;

    private final TransportConfig config;
    private final ConnectionParts parts;
    private final Http1ConnectionSelector http1;
    private final Limit unlimited = FixedLimit.create();
    private final RequestMemory memory;
    private final RefusalLog refusalLog;
    private final ClosingChannels closing;
    private final ConnectionThreads threads;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final List<Thread> acceptorThreads = new ArrayList<>();
    private volatile boolean accepting = true;
    private volatile boolean closed;

    /**
     * A listener that is to be {@linkplain #bind bound}.
     *
     * @param config where, and how long to wait
     * @param routing what to do with requests, built from {@link #routing()}
     * @param onErrors headers for the responses to requests that do not get as far as the routing
     * @param refusals observes those
     */
    public Listener(TransportConfig config, HttpRouting.Builder routing, List<Header> onErrors,
            RequestListener refusals) {
        this(config, routing, onErrors, refusals, new RequestMemory(Runtime.getRuntime().maxMemory()),
                ThreadChoice.ofThisJvm().create());
    }

    /** A listener with a memory of its own, whose connections run on these threads. */
    Listener(TransportConfig config, HttpRouting.Builder routing, List<Header> onErrors, RequestListener refusals,
            RequestMemory memory, ConnectionThreads threads) {
        this.config = config;
        this.memory = memory;
        this.threads = threads;
        ErrorResponses errors = new ErrorResponses(onErrors);
        this.refusalLog = new RefusalLog(memory);
        this.closing = new ClosingChannels(new RefusedResponses(errors.overloaded(), onErrors), refusals,
                CLOSING_PER_CONNECTION * memory.maxConnections());
        this.parts = new ConnectionParts(config, memory, errors, refusals, closing, new HttpContext(errors),
                Router.builder().addRouting(routing).build(), threads, this);
        this.http1 = Http1ConnectionSelector.builder()
                .config(new Http1Settings(config.maxLineBytes(), 2 * Connection.MAX_HEAD_BYTES, new FramingGuard()))
                .build();
    }

    /**
     * The input of a listener's routing. A filter that is added and responds by itself ends the request, too.
     *
     * @return a builder to add to
     */
    public static HttpRouting.Builder routing() {
        HelidonServices.useNone();
        return HttpRouting.builder().addFilter(new RequestEnd());
    }

    /**
     * Binds all addresses, or none. Connections are accepted by the system from now on, and served after {@link #start}.
     *
     * @throws IOException if an address cannot be bound; its text names the address
     */
    public void bind() throws IOException {
        try {
            for (Endpoint endpoint : config.endpoints()) {
                acceptors.add(acceptor(BoundEndpoint.bind(endpoint, config.writeTimeout())));
            }
        } catch (IOException | RuntimeException e) {
            closeEndpoints();
            throw e;
        }
    }

    private Acceptor acceptor(BoundEndpoint socket) throws IOException {
        return socket.endpoint().tls()
                ? new Acceptor(socket, memory, this::serveTls, Listener::close)
                : new Acceptor(socket, memory, this::servePlain, closing::refuse);
    }

    /** {@return where it listens, with the real ports, in the order of the configuration} */
    public List<Endpoint> bound() {
        return acceptors.stream().map(Acceptor::endpoint).toList();
    }

    /** {@return whether the event loops turn, for each of them} */
    public List<LoopProgress> loops() {
        return threads.progress();
    }

    /** {@return the addresses as a component: bound at its start, and closed with all connections at its stop} */
    public Component addresses() {
        return new Addresses(this);
    }

    private record Addresses(Listener listener) implements Component {
        @Override
        public void start() throws StartException {
            try {
                listener.bind();
            } catch (IOException e) {
                throw new StartException(e.getMessage());
            }
        }

        @Override
        public void stop(Deadline deadline) {
            listener.close();
        }
    }

    /** Begins to serve. */
    @Override
    public void start() {
        for (Acceptor acceptor : acceptors) {
            acceptorThreads.add(startThread("accept", () -> accept(acceptor)));
        }
        startLoop("watch", () -> !closed, this::watch);
        startLoop("close", () -> !closed, closing::step);
        threads.start();
        warnOfLongBodies();
    }

    @Override
    public void take(StreamChannel channel, ByteBuffer received) {
        Accepted accepted = new Accepted(channel, Handshake.NONE);
        if (memory.tryConnect(accepted.places())) {
            serve(accepted, received);
        } else if (channel.isEncrypted()) {
            closing.linger(channel);
        } else {
            closing.refuse(channel.socket());
        }
    }

    private void accept(Acceptor acceptor) {
        try (acceptor) {
            ServiceLoop.run("accept", () -> accepting, acceptor::step);
        }
    }

    /**
     * Accepts the connections that wait, and no more, and waits until the requests that have been sent have got their responses, but
     * not for long: a client may have opened a connection without need for it.
     */
    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        finishRequests(Deadline.in(deadline.left(LAST_RESPONSES)));
    }

    void finishRequests(Deadline deadline) throws InterruptedException {
        accepting = false;
        acceptors.forEach(Acceptor::wakeUp);
        for (Thread thread : acceptorThreads) {
            thread.join(deadline.left());
        }
        closeEndpoints();
        while (connections.stream().anyMatch(Connection::isExpectingResponse) && !deadline.left().isZero()) {
            Thread.sleep(FINISH_MILLIS);
        }
    }

    /** Accepts no more, and closes all connections. */
    public void close() {
        closed = true;
        closeEndpoints();
        connections.forEach(Connection::abort);
        closing.close();
        threads.close();
    }

    private void closeEndpoints() {
        accepting = false;
        acceptors.forEach(Acceptor::close);
    }

    private static void startLoop(String name, BooleanSupplier condition, ServiceLoop.Step step) {
        startThread(name, () -> ServiceLoop.run(name, condition, step));
    }

    private static Thread startThread(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name("tinysse-" + name).start(task);
    }

    private void warnOfLongBodies() {
        if (config.maxBodySize() > memory.maxRequestBytes()) {
            LOG.log(Level.WARNING,
                    ("max-body-size=%d exceeds the request memory limit: bodies over %d bytes are rejected"
                            + " (raise it with JAVA_OPTS=-Xmx…)")
                            .formatted(config.maxBodySize(), memory.maxRequestBytes()));
        }
    }

    private void servePlain(SocketChannel socket) {
        serve(new Accepted(new PlainChannel(socket), Handshake.NONE), ByteBuffer.allocate(0));
    }

    private void serveTls(SocketChannel socket) {
        Certificates.TlsConnection connection = config.certificates().orElseThrow().connection(socket);
        serve(new Accepted(connection.channel(), connection.handshake()::step), ByteBuffer.allocate(0));
    }

    /** Serves a channel that has its places in the memory. */
    private void serve(Accepted accepted, ByteBuffer received) {
        Connection connection;
        try {
            connection = new Connection(parts, accepted, received);
        } catch (IOException e) {
            memory.disconnect(accepted.places());
            close(accepted.channel().socket());
            return;
        } catch (RuntimeException | Error e) {
            memory.disconnect(accepted.places());
            close(accepted.channel().socket());
            throw e;
        }
        start(connection);
    }

    private void start(Connection connection) {
        connections.add(connection);
        if (closed) {
            connection.abort();
        }
        try {
            connection.start(() -> run(connection));
        } catch (RuntimeException | Error e) {
            connections.remove(connection);
            memory.disconnect(connection.places());
            connection.abort();
            throw e;
        }
    }

    private void run(Connection connection) {
        try {
            connection.run(http1.connection(connection), unlimited);
        } catch (CloseConnectionException e) {
            LOG.log(Level.TRACE, "connection ends", e); // ServerConnectionException, too: the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error e) {
            LOG.log(Level.WARNING, "connection failed: " + e, e);
        } finally {
            end(connection);
        }
    }

    private void end(Connection connection) {
        try {
            connection.releaseMemory();
            if (!connection.isDetached()) {
                connection.closeGently();
            }
        } finally {
            connections.remove(connection);
            memory.disconnect(connection.places());
        }
    }

    private void watch() throws InterruptedException {
        Thread.sleep(WATCH_MILLIS);
        refusalLog.look();
        for (Connection connection : connections) {
            try {
                connection.expire();
            } catch (RuntimeException | Error e) {
                connection.abort(); // or it would keep the deadlines of others from being seen, time and again
                throw e;
            }
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a channel did not close", e);
        }
    }
}
