package dev.tinysse.server.sockets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;

/** A socket that listens. Any thread may call it. */
public final class BoundEndpoint implements AutoCloseable {
    private final Endpoint endpoint;
    private final ServerSocketChannel channel;
    private final Optional<UnixSocketFile> file;

    private BoundEndpoint(Endpoint endpoint, ServerSocketChannel channel, Optional<UnixSocketFile> file) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.file = file;
    }

    /**
     * Binds an endpoint. Connections are accepted by the system from now on.
     *
     * @param endpoint where
     * @param writeTimeout by which the system, too, gives up a connection; zero for no limit
     * @return the socket
     * @throws IOException if that is not possible; its text names the address
     */
    public static BoundEndpoint bind(Endpoint endpoint, Duration writeTimeout) throws IOException {
        try {
            if (endpoint.address() instanceof UnixDomainSocketAddress address) {
                UnixSocketFile file = new UnixSocketFile(address.getPath());
                return new BoundEndpoint(endpoint, file.bind(endpoint.mode()), Optional.of(file));
            }
            ServerSocketChannel channel = ServerChannels.bind((InetSocketAddress) endpoint.address());
            InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
            TcpUserTimeout.set(writeTimeout, channel);
            return new BoundEndpoint(endpoint.bound(bound), channel, Optional.empty());
        } catch (IOException e) {
            throw new IOException("cannot listen on " + endpoint.text() + ": " + e.getMessage(), e);
        }
    }

    /** {@return the channel, which blocks unless that is changed} */
    public ServerSocketChannel channel() {
        return channel;
    }

    /** {@return where it listens, with the real port} */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Closes the socket, and removes its file. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            file.ifPresent(UnixSocketFile::remove);
        }
    }
}
