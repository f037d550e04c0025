package dev.tinysse.server.transport;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Header;
import io.helidon.http.HttpLogConfig;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accepts connections, gives each a virtual thread with Helidon's HTTP/1.1 on it, and watches that no client takes for ever.
 * Any thread may call it.
 *
 * <p>It stands where Helidon's own listener would, since a stream's channel must be had from below HTTP: for writes that do
 * not block, and for streams without a thread (see docs/decisions).
 */
public final class Listener implements AutoCloseable {
    static final int MAX_LINE_BYTES = 16 * 1024;
    static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final Logger LOG = System.getLogger("tinysse");
    private static final long WATCH_MILLIS = 200;
    private static final long ACCEPT_PAUSE_MILLIS = 100;

    private final TransportConfig config;
    private final Router router;
    private final ErrorResponses errors;
    private final ListenerContext context;
    private final Http1ConnectionSelector http1;
    private final Limit unlimited = FixedLimit.create();
    private ServerSocketChannel server;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * A listener that is to be {@linkplain #bind bound}.
     *
     * @param config where, and how long to wait
     * @param routing what to do with requests, built from {@link #routing()}
     * @param onErrors headers for the responses to requests that do not get as far as the routing
     */
    public Listener(TransportConfig config, HttpRouting.Builder routing, List<Header> onErrors) {
        this.config = config;
        this.errors = new ErrorResponses(onErrors);
        this.context = new HttpContext(errors);
        this.router = Router.builder().addRouting(routing).build();
        this.http1 = Http1ConnectionSelector.builder()
                .config(Http1Config.builder().maxPrologueLength(MAX_LINE_BYTES).maxHeadersSize(2 * MAX_HEAD_BYTES)
                        .validatePath(false).log(HttpLogConfig.builder().receiveLog(false).sendLog(false).build())
                        .addReceiveListener(new FramingGuard()).build())
                .build();
    }

    /**
     * What a routing for a listener is built from. A filter that is added and responds by itself ends the request, too.
     *
     * @return a builder to add to
     */
    public static HttpRouting.Builder routing() {
        return HttpRouting.builder().addFilter(new RequestEnd());
    }

    /**
     * Binds the address. Connections are accepted by the system from now on, and served after {@link #start}.
     *
     * @throws IOException if the address cannot be bound
     */
    public void bind() throws IOException {
        server = ServerChannels.bind(config.address());
        TcpUserTimeout.set(config.writeTimeout(), address());
    }

    /** {@return the address that was bound, with its real port} */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) server.getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException("the listener is closed", e);
        }
    }

    /** Begins to serve. */
    public void start() {
        Thread.ofPlatform().daemon().name("tinysse-accept").start(this::accept);
        Thread.ofPlatform().daemon().name("tinysse-watch").start(this::watch);
    }

    /**
     * Takes a channel back that was {@linkplain Connection#detach detached}, for further requests.
     *
     * @param channel open and blocking
     * @param received what the client has sent meanwhile
     */
    public void resume(SocketChannel channel, ByteBuffer received) {
        try {
            serve(channel, received);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the client has gone", e);
        }
    }

    /**
     * Closes a channel that was detached, so that the client gets to see what was sent to it last.
     *
     * @param channel open and blocking
     */
    public void finish(SocketChannel channel) {
        try {
            Connection connection = new Connection(this, channel, ByteBuffer.allocate(0));
            connections.add(connection);
            Thread.ofVirtual().name("tinysse-close").start(() -> {
                connection.closeGently();
                connections.remove(connection);
            });
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the client has gone", e);
        }
    }

    /** Accepts no more, and closes all connections. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the listener did not close", e);
        }
        connections.forEach(Connection::abort);
    }

    TransportConfig config() {
        return config;
    }

    ErrorResponses errors() {
        return errors;
    }

    Router router() {
        return router;
    }

    ListenerContext context() {
        return context;
    }

    private void accept() {
        boolean failing = false;
        while (!closed) {
            try {
                SocketChannel channel = server.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                serve(channel, ByteBuffer.allocate(0));
                failing = false;
            } catch (ClosedChannelException e) {
                // the listener, or a client that was too quick
            } catch (IOException e) {
                if (!failing) {
                    failing = true;
                    LOG.log(Level.ERROR, "cannot accept connections for now (is the limit of open files reached?): "
                            + e.getMessage());
                }
                pause(ACCEPT_PAUSE_MILLIS);
            }
        }
    }

    private void serve(SocketChannel channel, ByteBuffer received) throws IOException {
        Connection connection;
        try {
            connection = new Connection(this, channel, received);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        connections.add(connection);
        if (closed) {
            connection.abort();
        }
        Thread.ofVirtual().name("tinysse-http").start(() -> run(connection));
    }

    private void run(Connection connection) {
        try {
            connection.run(http1.connection(connection), unlimited);
        } catch (CloseConnectionException e) {
            LOG.log(Level.TRACE, "connection ends", e); // ServerConnectionException, too: the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "connection failed: " + e, e);
        } finally {
            if (!connection.isDetached()) {
                connection.closeGently(); // still watched over: the client may take no longer for that
            }
            connections.remove(connection);
        }
    }

    private void watch() {
        while (!closed) {
            pause(WATCH_MILLIS);
            connections.forEach(Connection::expire);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
