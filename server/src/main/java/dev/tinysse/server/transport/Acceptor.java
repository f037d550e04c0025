package dev.tinysse.server.transport;

import dev.tinysse.server.sockets.BoundEndpoint;
import dev.tinysse.server.sockets.Endpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/** Accepts connections, one after the other. For one thread at a time, but for {@link #wakeUp} and {@link #close}. */
final class Acceptor implements AutoCloseable {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final long PAUSE_MILLIS = 100;

    /** How long a client waits for a place: in a burst others end soon. Where connections stay, only the first client waits. */
    private static final Duration MAX_WAIT = Duration.ofMillis(20);

    private final BoundEndpoint socket;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final boolean tcp;
    private final int places;
    private final RequestMemory memory;
    private final Consumer<SocketChannel> served;
    private final Consumer<SocketChannel> refused;
    private boolean failing;
    private boolean full;

    /**
     * Accepts the connections of an endpoint.
     *
     * @param socket whose channel does not block from now on
     * @param memory of which each connection takes its place
     * @param served takes over a connection that has a place, and gives the place back, also if it throws
     * @param refused takes over a connection for which there is no place
     */
    Acceptor(BoundEndpoint socket, RequestMemory memory, Consumer<SocketChannel> served,
            Consumer<SocketChannel> refused) throws IOException {
        this.socket = socket;
        this.server = socket.channel();
        this.selector = Selector.open();
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        this.tcp = socket.endpoint().isTcp();
        this.places = socket.endpoint().tls() ? RequestMemory.TLS_PLACES : RequestMemory.PLAIN_PLACES;
        this.memory = memory;
        this.served = served;
        this.refused = refused;
    }

    /** {@return where it listens, with the real port} */
    Endpoint endpoint() {
        return socket.endpoint();
    }

    /** Waits for connections, and accepts them. */
    void step() throws IOException, InterruptedException {
        selector.select(key -> {
            // there is one key, and what it is ready for is seen below
        });
        acceptWaiting();
    }

    private void acceptWaiting() throws InterruptedException {
        try {
            for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                full = !prepare(channel);
                (full ? refused : served).accept(channel);
                failing = false;
            }
        } catch (ClosedChannelException e) {
            // the listener, or a client that was too quick
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.log(Level.ERROR,
                        "cannot accept connections for now (is the limit of open files reached?): " + e.getMessage());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Ends the waiting. Any thread. */
    void wakeUp() {
        selector.wakeup();
    }

    /** Closes the endpoint. Connections that have not been accepted are broken off. Any thread. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a listening socket did not close: " + endpoint().text(), e);
        }
        try {
            selector.close(); // before which the system goes on to listen
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a selector did not close", e);
        }
    }

    /** Takes a place for the connection, if there is one. */
    private boolean prepare(SocketChannel channel) throws IOException, InterruptedException {
        try {
            if (tcp) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            return memory.tryConnect(places, full ? Duration.ZERO : MAX_WAIT);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }
}
