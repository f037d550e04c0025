package dev.tinysse.server.sockets;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where to listen. Immutable.
 *
 * @param name how the log shows the host, or the file of a Unix domain socket
 * @param address a port of the network, 0 for any free one, or a Unix domain socket
 * @param tls whether connections speak TLS
 * @param mode file mode of a Unix domain socket; empty for a port
 */
public record Endpoint(String name, SocketAddress address, boolean tls, Set<PosixFilePermission> mode) {
    /** Checks that nothing is null, and copies the mode. */
    public Endpoint {
        Objects.requireNonNull(name);
        Objects.requireNonNull(address);
        mode = Set.copyOf(mode);
    }

    /**
     * A port of the network.
     *
     * @param name of the host as the log shows it, an IPv6 address in brackets
     * @param address resolved
     * @param tls whether connections speak TLS
     * @return where to listen
     */
    public static Endpoint tcp(String name, InetSocketAddress address, boolean tls) {
        return new Endpoint(name, address, tls, Set.of());
    }

    /**
     * A Unix domain socket.
     *
     * @param path its file
     * @param mode its file mode
     * @return where to listen
     */
    public static Endpoint unix(String path, Set<PosixFilePermission> mode) {
        return new Endpoint(path, UnixDomainSocketAddress.of(path), false, mode);
    }

    /** {@return whether it is a port of the network} */
    public boolean isTcp() {
        return address instanceof InetSocketAddress;
    }

    /** {@return the port; 0 for a Unix domain socket} */
    public int port() {
        return address instanceof InetSocketAddress ip ? ip.getPort() : 0;
    }

    /** {@return the IP address; empty for a Unix domain socket} */
    public Optional<InetAddress> ip() {
        return address instanceof InetSocketAddress ip ? Optional.of(ip.getAddress()) : Optional.empty();
    }

    /** {@return what the log shows: {@code tls:} where it is TLS, host and port, or {@code unix:} and the file} */
    public String text() {
        return isTcp() ? (tls ? "tls:" : "") + name + ":" + port() : "unix:" + name;
    }

    /** The same with the port that the system has chosen. */
    Endpoint bound(InetSocketAddress real) {
        return new Endpoint(name, real, tls, mode);
    }
}
