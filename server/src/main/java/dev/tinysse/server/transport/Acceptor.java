package dev.tinysse.server.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** Accepts connections, one after the other. For the accepting thread alone. */
final class Acceptor {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final long PAUSE_MILLIS = 100;

    private final ServerSocketChannel server;
    private final Consumer<SocketChannel> taker;
    private boolean failing;

    /**
     * Accepts what comes in on a channel.
     *
     * @param server blocking
     * @param taker owns what was accepted, also if it throws
     */
    Acceptor(ServerSocketChannel server, Consumer<SocketChannel> taker) {
        this.server = server;
        this.taker = taker;
    }

    /** Waits for a connection. */
    void step() throws InterruptedException {
        try {
            SocketChannel channel = server.accept();
            configure(channel);
            taker.accept(channel);
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

    private static void configure(SocketChannel channel) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }
}
