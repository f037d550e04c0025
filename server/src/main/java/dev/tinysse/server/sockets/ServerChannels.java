package dev.tinysse.server.sockets;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/** Opens channels that listen. An IPv4 address, {@code 0.0.0.0} too, is IPv4 alone; {@code ::} takes both. */
final class ServerChannels {
    private static final int BACKLOG = 4096;

    private ServerChannels() {}

    /**
     * A channel that listens on an address.
     *
     * @throws IOException if the address cannot be bound
     */
    static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = open(address.getAddress());
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return channel.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ServerSocketChannel open(InetAddress address) throws IOException {
        ProtocolFamily family = address instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        try {
            return ServerSocketChannel.open(family);
        } catch (UnsupportedOperationException e) {
            throw new IOException("this machine has no " + (family == StandardProtocolFamily.INET ? "IPv4" : "IPv6"));
        }
    }
}
