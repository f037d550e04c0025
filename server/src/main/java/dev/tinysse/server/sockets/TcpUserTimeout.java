package dev.tinysse.server.sockets;

import java.io.FileDescriptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;

/**
 * Sets the TCP user timeout, by which the system closes a connection whose client no longer acknowledges what is sent: that of
 * <a href="https://www.rfc-editor.org/rfc/rfc5482">RFC 5482</a>. Without it, a client that is gone without closing its
 * connection is noticed only after a quarter of an hour, since small writes go to the system's buffers all that time.
 *
 * <p>The JDK has no such socket option, but sets those that it has by their numbers. That method is not public: it needs
 * {@code --add-opens java.base/sun.nio.ch=dev.tinysse.server}, as the launcher has it. The C library, called from Java, would cost
 * each start 25 generated classes. Connections inherit the option from the listener that accepts them. Linux only; elsewhere,
 * and without that flag, it does nothing but say so at DEBUG.
 */
final class TcpUserTimeout {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final String NOT_SET = "TCP user timeout could not be set: a client that no longer responds is noticed late";
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_USER_TIMEOUT = 18;
    private static final Duration MIN_MARGIN = Duration.ofSeconds(10);

    private TcpUserTimeout() {}

    /** Sets the timeout that belongs to a write timeout, for all connections that will be accepted by this channel. */
    static void set(Duration writeTimeout, ServerSocketChannel listener) {
        if (writeTimeout.isZero()) {
            return;
        }
        if (!System.getProperty("os.name").equals("Linux")) {
            LOG.log(Level.DEBUG, NOT_SET); // the option has another number there
            return;
        }
        try {
            setOption(listener, millis(writeTimeout));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, NOT_SET, e);
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

    private static void setOption(ServerSocketChannel listener, int millis) throws ReflectiveOperationException {
        Method descriptor = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFD");
        Method option = Class.forName("sun.nio.ch.Net").getDeclaredMethod("setIntOption0", FileDescriptor.class,
                boolean.class, int.class, int.class, int.class, boolean.class);
        descriptor.setAccessible(true);
        option.setAccessible(true);
        option.invoke(null, descriptor.invoke(listener), false, IPPROTO_TCP, TCP_USER_TIMEOUT, millis, false);
    }
}
