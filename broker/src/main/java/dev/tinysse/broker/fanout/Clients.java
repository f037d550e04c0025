package dev.tinysse.broker.fanout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;

/** Names the client of a stream, for the log. */
final class Clients {
    private Clients() {}

    static String name(Stream stream) {
        return stream.owner.client().orElseGet(() -> address(stream));
    }

    private static String address(Stream stream) {
        try {
            return switch (stream.channel.socket().getRemoteAddress()) {
                case InetSocketAddress address -> address.getAddress().getHostAddress() + ":" + address.getPort();
                case UnixDomainSocketAddress _ -> "unix:0";
                case null, default -> "unknown";
            };
        } catch (IOException e) {
            return "unknown";
        }
    }
}
