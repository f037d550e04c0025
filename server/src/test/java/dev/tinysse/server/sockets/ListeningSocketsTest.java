package dev.tinysse.server.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ListeningSocketsTest {
    @BeforeAll
    static void needLinux() {
        assumeTrue(Files.exists(Path.of("/proc/self/net/tcp")), "no /proc here");
    }

    @Test
    void shouldTellSocketsApartThatListenOnOnePort() throws IOException {
        try (ServerSocketChannel one = ServerChannels.bind(address("127.0.0.1", 0));
                ServerSocketChannel two = ServerChannels.bind(address("127.0.0.2", port(one)))) {
            assertThat(descriptor(one)).isNotEqualTo(descriptor(two));
            assertThat(link(descriptor(one))).startsWith("socket:").isNotEqualTo(link(descriptor(two)));
        }
    }

    @Test
    void shouldFindASocketThatListensOnAnyAddress() throws IOException {
        try (ServerSocketChannel any = ServerChannels.bind(address("0.0.0.0", 0))) {
            assertThat(link(descriptor(any))).startsWith("socket:");
        }
    }

    @Test
    void shouldFindNothingAtAnAddressWhereNobodyListens() throws IOException {
        try (ServerSocketChannel other = ServerChannels.bind(address("127.0.0.1", 0))) {
            assertThat(ListeningSockets.descriptor(address("127.0.0.2", port(other)))).isEmpty();
        }
    }

    @Test
    void shouldWriteAnAddressAsTheSystemDoes() {
        assertThat(ListeningSockets.entries(address("::1", 1983))).containsExactly(
                "00000000000000000000000001000000:07BF");
        assertThat(ListeningSockets.entries(address("127.0.0.1", 80))).containsExactly("0100007F:0050",
                "0000000000000000FFFF00000100007F:0050");
    }

    private static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    private static int port(ServerSocketChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private static int descriptor(ServerSocketChannel channel) throws IOException {
        return ListeningSockets.descriptor((InetSocketAddress) channel.getLocalAddress()).orElseThrow();
    }

    private static String link(int descriptor) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    }
}
