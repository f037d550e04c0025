package dev.tinysse.server.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileDescriptor;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TcpUserTimeoutTest {
    @Test
    void shouldLeaveTheWriteTimeoutTimeToComeFirst() {
        assertThat(TcpUserTimeout.millis(Duration.ofSeconds(30))).isEqualTo(60_000);
    }

    @Test
    void shouldLeaveAShortWriteTimeoutTenSeconds() {
        assertThat(TcpUserTimeout.millis(Duration.ofMillis(300))).isEqualTo(10_300);
    }

    @Test
    void shouldTakeTheLongestThatTheSystemKnowsForWhatIsLonger() {
        assertThat(TcpUserTimeout.millis(Duration.ofDays(50))).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldSetTheOptionOfTheListener() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "another system");
        try (ServerSocketChannel listener = ServerChannels
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            TcpUserTimeout.set(Duration.ofSeconds(30), listener);

            assertThat(option(listener)).isEqualTo(60_000);
        }
    }

    @Test
    void shouldLeaveTheOptionWhereThereIsNoWriteTimeout() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "another system");
        try (ServerSocketChannel listener = ServerChannels
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            TcpUserTimeout.set(Duration.ZERO, listener);

            assertThat(option(listener)).isZero();
        }
    }

    private static int option(ServerSocketChannel listener) throws ReflectiveOperationException {
        Method option = Class.forName("sun.nio.ch.Net").getDeclaredMethod("getIntOption0", FileDescriptor.class,
                boolean.class, int.class, int.class);
        option.setAccessible(true);
        Method descriptor = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFD");
        descriptor.setAccessible(true);
        return (int) option.invoke(null, descriptor.invoke(listener), false, 6, 18);
    }
}
