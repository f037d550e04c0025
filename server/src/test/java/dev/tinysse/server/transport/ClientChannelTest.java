package dev.tinysse.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.broker.stream.PlainChannel;
import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.transport.threads.ConnectionThreads;
import dev.tinysse.server.transport.threads.ThreadChoice;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The response to a request that meets its deadline: one response, whichever was first. */
class ClientChannelTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final byte[] ACCEPTED = bytes("HTTP/1.1 202 Accepted\r\n\r\n");
    private static final String TIMEOUT = "HTTP/1.1 408 Request Timeout\r\n\r\n";

    private final AtomicLong clock = new AtomicLong();
    private final ConnectionState state = new ConnectionState(
            new TransportConfig(List.of(), Optional.empty(), TrustedProxies.NONE, MINUTE, MINUTE, MINUTE, MINUTE, 1000,
                    1000),
            clock::get);
    private final ClosingChannels closing = new ClosingChannels(new RefusedResponses(new byte[0], List.of()),
            RequestListener.NONE, 1);
    private final ConnectionThreads threads = ThreadChoice.ofThisJvm().create();
    private Socket client;
    private ClientChannel server;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = new Socket(InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
            SocketChannel channel = listener.accept();
            server = new ClientChannel(new PlainChannel(channel), threads.of(channel),
                    ByteBuffer.allocate(0), state,
                    () -> bytes(TIMEOUT), closing);
        }
        threads.start();
        client.setSoTimeout(20_000);
        state.bytesReceived();
        state.headComplete(true, false);
        clock.addAndGet(MINUTE.toNanos());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        closing.close();
        threads.close();
    }

    @Test
    void shouldSendTheTimeoutAloneWhenItIsFirst() throws IOException {
        server.expire();
        assertThatThrownBy(state::bodyComplete).isInstanceOf(CloseConnectionException.class);
        assertThatThrownBy(() -> server.send(ACCEPTED)).isInstanceOf(CloseConnectionException.class);
        client.shutdownOutput();
        server.closeGently();
        assertThat(rest()).isEqualTo(TIMEOUT);
    }

    @Test
    void shouldSendTheResponseAloneWhenTheRequestIsFirst() throws IOException {
        state.bodyComplete();
        server.expire();
        server.send(ACCEPTED);
        server.expire();
        client.shutdownOutput();
        server.closeGently();
        assertThat(rest()).isEqualTo(new String(ACCEPTED, StandardCharsets.US_ASCII));
    }

    @Test
    void shouldSendTheTimeoutBeforeItClosesAlsoWhenTheClientHasGoneHalfway() throws IOException {
        client.shutdownOutput();
        assertThatThrownBy(server::receive).isInstanceOf(CloseConnectionException.class);
        server.expire();
        server.closeGently();
        assertThat(rest()).isEqualTo(TIMEOUT);
    }

    private String rest() throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
