package dev.tinysse.server.transport;

import io.helidon.common.socket.PeerInfo;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;

/** One end of a connection, without TLS. */
record Peer(InetSocketAddress socketAddress) implements PeerInfo {
    @Override
    public SocketAddress address() {
        return socketAddress;
    }

    @Override
    public String host() {
        return socketAddress.getAddress().getHostAddress();
    }

    @Override
    public int port() {
        return socketAddress.getPort();
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
