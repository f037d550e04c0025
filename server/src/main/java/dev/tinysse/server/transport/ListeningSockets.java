package dev.tinysse.server.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds this process's listening sockets in Linux's {@code /proc}, which lists those of all processes by their addresses. */
final class ListeningSockets {
    private static final String LISTENING = "0A";
    private static final String MAPPED = "0000000000000000FFFF0000";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningSockets() {}

    /**
     * The descriptor of the socket that listens on an address; nothing if there is none, or the system has no such lists.
     *
     * @param address with its real port
     * @throws IOException if the lists cannot be read
     */
    static OptionalInt descriptor(InetSocketAddress address) throws IOException {
        Set<Path> sockets = new HashSet<>();
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                sockets.addAll(links(table, entries(address)));
            }
        }
        if (!sockets.isEmpty()) {
            try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
                for (Path descriptor : descriptors) {
                    if (Files.isSymbolicLink(descriptor) && sockets.contains(Files.readSymbolicLink(descriptor))) {
                        return OptionalInt.of(Integer.parseInt(descriptor.getFileName().toString()));
                    }
                }
            }
        }
        return OptionalInt.empty();
    }

    /** How the lists write an address: in words of 32 bits, each in the machine's own order; IPv4 also as IPv6 has it. */
    static List<String> entries(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        ByteBuffer words = ByteBuffer.wrap(host.getAddress()).order(ByteOrder.nativeOrder());
        StringBuilder hex = new StringBuilder();
        while (words.hasRemaining()) {
            hex.append("%08X".formatted(words.getInt()));
        }
        hex.append(":%04X".formatted(address.getPort()));
        List<String> entries = new ArrayList<>(List.of(hex.toString()));
        if (host.getAddress().length == 4) {
            entries.add(MAPPED + hex);
        }
        return entries;
    }

    private static Set<Path> links(String table, List<String> addresses) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(table))) {
            return lines.map(line -> line.trim().split("\\s+"))
                    .filter(columns -> columns.length > INODE && addresses.contains(columns[LOCAL_ADDRESS])
                            && columns[STATE].equals(LISTENING))
                    .map(columns -> Path.of("socket:[" + columns[INODE] + "]")).collect(Collectors.toSet());
        }
    }
}
