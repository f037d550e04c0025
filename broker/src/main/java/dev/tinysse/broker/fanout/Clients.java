package dev.tinysse.broker.fanout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Names the other end of a channel, for the log. */
final class Clients {
    private Clients() {}

    static String name(SocketChannel channel) {
        try {
            return channel.getRemoteAddress() instanceof InetSocketAddress address
                    ? address.getAddress().getHostAddress() + ":" + address.getPort()
                    : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
