package dev.tinysse.server.proxies;

import dev.tinysse.server.sockets.IpAddresses;
import io.helidon.common.socket.PeerInfo;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;

/**
 * One end of a connection, or of the way to it through proxies.
 *
 * @param address of the connection
 * @param host numeric address, or {@value Client#UNIX}
 * @param port 0 where there is none
 */
public record Peer(SocketAddress address, String host, int port) implements PeerInfo {
    /**
     * An end of a connection.
     *
     * @param address of TCP, or of a Unix socket
     * @return what is known of it
     */
    public static Peer of(SocketAddress address) {
        return address instanceof InetSocketAddress ip
                ? new Peer(address, IpAddresses.text(ip.getAddress()), ip.getPort())
                : new Peer(address, Client.UNIX, 0);
    }

    @Override
    public Optional<Principal> tlsPrincipal() {
        return Optional.empty();
    }

    @Override
    public Optional<Certificate[]> tlsCertificates() {
        return Optional.empty();
    }
}
