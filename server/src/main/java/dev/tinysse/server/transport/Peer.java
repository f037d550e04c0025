package dev.tinysse.server.transport;

import io.helidon.common.socket.PeerInfo;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** One end of a connection, without TLS. */
record Peer(InetSocketAddress socketAddress) implements PeerInfo {
    /** Two or more groups of an IPv6 address that are zero, with the colons around them. */
    private static final Pattern ZEROS = Pattern.compile("(^|:)0(:0)+(:|$)");

    @Override
    public SocketAddress address() {
        return socketAddress;
    }

    @Override
    public String host() {
        return shortened(socketAddress.getAddress().getHostAddress());
    }

    /** An IPv6 address in the form of RFC 5952 section 4: without its zone, the longest run of zeros left out. */
    private static String shortened(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        return ZEROS.matcher(plain).results().max(Comparator.comparingInt(run -> run.end() - run.start()))
                .map(run -> plain.substring(0, run.start()) + "::" + plain.substring(run.end())).orElse(plain);
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
