package dev.tinysse.server.sockets;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Sets the TCP user timeout, by which the system closes a connection whose client no longer acknowledges what is sent: that of
 * <a href="https://www.rfc-editor.org/rfc/rfc5482">RFC 5482</a>. Without it, a client that is gone without closing its
 * connection is noticed only after a quarter of an hour, since small writes go to the system's buffers all that time.
 *
 * <p>The JDK has no such socket option, so this calls the C library, once: connections inherit the option from the
 * listener that accepts them. Linux only; elsewhere it does nothing but say so at DEBUG.
 */
final class TcpUserTimeout {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_USER_TIMEOUT = 18;
    private static final Duration MIN_MARGIN = Duration.ofSeconds(10);

    private TcpUserTimeout() {}

    /** Sets the timeout that belongs to a write timeout, for all connections that will be accepted on this address. */
    static void set(Duration writeTimeout, InetSocketAddress listener) {
        if (writeTimeout.isZero()) {
            return;
        }
        try {
            OptionalInt descriptor = ListeningSockets.descriptor(listener);
            if (descriptor.isEmpty() || setOption(descriptor.getAsInt(), millis(writeTimeout)) != 0) {
                LOG.log(Level.DEBUG,
                        "TCP user timeout could not be set: a client that no longer responds is noticed late");
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, "TCP user timeout could not be set: a client that no longer responds is noticed late",
                    e);
        }
    }

    /**
     * Twice the write timeout, and at least ten seconds more than it, in milliseconds up to 24 days. The system counts from the
     * moment when the client's buffer is full, the server from the later one when its own is full, too: with a smaller margin
     * the system would close the connection first, and only the server knows what the client has not taken.
     */
    static int millis(Duration writeTimeout) {
        Duration margin = writeTimeout.compareTo(MIN_MARGIN) < 0 ? MIN_MARGIN : writeTimeout;
        return (int) Math.min(writeTimeout.plus(margin).toMillis(), Integer.MAX_VALUE);
    }

    @SuppressWarnings("restricted")
    private static int setOption(int descriptor, int millis) {
        Linker linker = Linker.nativeLinker();
        var setsockopt = linker.downcallHandle(linker.defaultLookup().findOrThrow("setsockopt"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            return (int) setsockopt.invokeExact(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT,
                    arena.allocateFrom(JAVA_INT, millis), Integer.BYTES);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
