package dev.tinysse.server.transport;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Has the system give up a connection whose client no longer acknowledges what is sent to it: the user timeout of
 * <a href="https://www.rfc-editor.org/rfc/rfc5482">RFC 5482</a>. Without it, a client that has vanished without a word is only
 * noticed after a quarter of an hour, since small writes go to the system's buffers all that time.
 *
 * <p>The platform has no such socket option, so this calls the C library, once: connections inherit the option from the
 * listener that accepts them. Linux only; elsewhere it does nothing but say so at DEBUG.
 */
final class VanishedClients {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_USER_TIMEOUT = 18;
    private static final String LISTENING = "0A";

    private VanishedClients() {}

    /** Sets the timeout for all connections that will be accepted on this port. Zero means the system's default. */
    static void giveUpAfter(Duration timeout, int port) {
        if (timeout.isZero()) {
            return;
        }
        try {
            OptionalInt descriptor = listenerOn(port);
            if (descriptor.isEmpty() || setOption(descriptor.getAsInt(), millis(timeout)) != 0) {
                LOG.log(Level.DEBUG, "vanished clients are noticed late: the system took no user timeout");
            }
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "vanished clients are noticed late", e);
        }
    }

    /** The timeout as the system takes it: from 1, since 0 would be its default, up to 24 days. */
    static int millis(Duration timeout) {
        return Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
    }

    @SuppressWarnings("restricted")
    private static int setOption(int descriptor, int millis) throws Throwable {
        Linker linker = Linker.nativeLinker();
        var setsockopt = linker.downcallHandle(linker.defaultLookup().findOrThrow("setsockopt"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            return (int) setsockopt.invokeExact(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT,
                    arena.allocateFrom(JAVA_INT, millis), Integer.BYTES);
        }
    }

    /** The descriptor of this process's listening socket: found by its inode, which the system lists by port. */
    private static OptionalInt listenerOn(int port) throws IOException {
        Optional<String> inode = inode("/proc/self/net/tcp6", port).or(() -> inode("/proc/self/net/tcp", port));
        if (inode.isPresent()) {
            Path socket = Path.of("socket:[" + inode.get() + "]");
            try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
                for (Path descriptor : descriptors) {
                    if (Files.isSymbolicLink(descriptor) && Files.readSymbolicLink(descriptor).equals(socket)) {
                        return OptionalInt.of(Integer.parseInt(descriptor.getFileName().toString()));
                    }
                }
            }
        }
        return OptionalInt.empty();
    }

    private static Optional<String> inode(String table, int port) {
        String local = ":%04X".formatted(port);
        try (Stream<String> lines = Files.lines(Path.of(table))) {
            return lines.map(line -> line.trim().split("\\s+"))
                    .filter(columns -> columns.length > 9 && columns[1].endsWith(local) && columns[3].equals(LISTENING))
                    .map(columns -> columns[9]).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
