package dev.tinysse.server.transport;

import dev.tinysse.server.sockets.BoundEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/** Accepts connections, one after the other. For the accepting thread alone. */
final class Acceptor {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final long PAUSE_MILLIS = 100;

    /** How long a client waits for a place: in a burst others end soon. Where connections stay, only the first client waits. */
    private static final Duration MAX_WAIT = Duration.ofMillis(20);

    private final ServerSocketChannel server;
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
     * @param socket whose channel blocks
     * @param memory of which each connection takes its place
     * @param served takes over a connection that has a place, and gives the place back, also if it throws
     * @param refused takes over a connection for which there is no place
     */
    Acceptor(BoundEndpoint socket, RequestMemory memory, Consumer<SocketChannel> served,
            Consumer<SocketChannel> refused) {
        this.server = socket.channel();
        this.tcp = socket.endpoint().isTcp();
        this.places = socket.endpoint().tls() ? RequestMemory.TLS_PLACES : RequestMemory.PLAIN_PLACES;
        this.memory = memory;
        this.served = served;
        this.refused = refused;
    }

    /** Waits for a connection. */
    void step() throws InterruptedException {
        try {
            SocketChannel channel = server.accept();
            full = !prepare(channel);
            (full ? refused : served).accept(channel);
            failing = false;
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
