package dev.tinysse.server.sockets;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Finds this process's listening sockets in Linux's {@code /proc}, which lists those of all processes by their addresses. */
final class ListeningSockets {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
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
        List<String> entries = entries(address);
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            OptionalInt descriptor = descriptor(sockets(Path.of(table), entries));
            if (descriptor.isPresent()) {
                return descriptor;
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt descriptor(Set<Path> sockets) throws IOException {
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
            hex.append(HEX.toHexDigits(words.getInt()));
        }
        String entry = hex.append(':').append(HEX.toHexDigits((short) address.getPort())).toString();
        return host instanceof Inet4Address ? List.of(entry, MAPPED + entry) : List.of(entry);
    }

    /** The sockets of a list. Only lines with the address are split: the lists are long where there are many connections. */
    private static Set<Path> sockets(Path table, List<String> entries) throws IOException {
        Set<Path> sockets = new HashSet<>();
        if (Files.exists(table)) {
            try (BufferedReader lines = Files.newBufferedReader(table)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.contains(entries.getFirst())) {
                        socket(line.trim().split(" +"), entries).ifPresent(sockets::add);
                    }
                }
            }
        }
        return sockets;
    }

    private static Optional<Path> socket(String[] columns, List<String> entries) {
        return columns.length > INODE && entries.contains(columns[LOCAL_ADDRESS]) && columns[STATE].equals(LISTENING)
                ? Optional.of(Path.of("socket:[" + columns[INODE] + "]"))
                : Optional.empty();
    }
}
