package dev.tinysse.broker.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;

/** Names the client of a stream, for the log. */
public final class ClientName {
    private ClientName() {}

    /**
     * The client of a stream.
     *
     * @param owner knows it, or leaves it to the channel
     * @param channel to the client
     * @return an address with a port; {@code unknown} if the channel has been closed
     */
    public static String of(StreamOwner owner, StreamChannel channel) {
        return owner.client().orElseGet(() -> address(channel));
    }

    private static String address(StreamChannel channel) {
        try {
            return switch (channel.socket().getRemoteAddress()) {
                case InetSocketAddress address -> address.getAddress().getHostAddress() + ":" + address.getPort();
                case UnixDomainSocketAddress _ -> "unix:0";
                case null, default -> "unknown";
            };
        } catch (IOException e) {
            return "unknown";
        }
    }
}
