package dev.tinysse.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time limit of an exchange, with servers that never complete it. */
@Timeout(60)
class DeadlineTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration ANY_SILENCE = Duration.ZERO;
    private static final int LARGE = 64 * 1024 * 1024;
    private ServerSocket server;
    private Address address;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        address = Address.parse("http://127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Connection connect() throws IOException {
        return Connection.open(address, ANY_SILENCE, SHORT);
    }

    private Request request(int bytes) {
        return new Request("POST", address, Map.of(), new byte[bytes]);
    }

    /** Sends a text to the next client, and then byte after byte, until the client leaves. */
    private void trickle(String begin) {
        Thread.ofVirtual().start(() -> {
            try (Socket client = server.accept()) {
                client.setSoTimeout(10);
                OutputStream out = client.getOutputStream();
                InputStream in = client.getInputStream();
                out.write(begin.getBytes(StandardCharsets.UTF_8));
                while (true) {
                    try {
                        if (in.read(new byte[1024]) < 0) {
                            return;
                        }
                    } catch (SocketTimeoutException e) {
                        out.write('a');
                    }
                }
            } catch (IOException e) {
                // the client has left
            }
        });
    }

    @Test
    void shouldEndAnExchangeWithAServerThatSendsNothing() throws IOException {
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> connection.exchange(request(0))).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldEndAnExchangeWithAServerThatReadsNothing() throws IOException {
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> connection.exchange(request(LARGE))).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldEndAnExchangeWhoseHeadTricklesIn() throws IOException {
        trickle("HTTP/1.1 200 OK\r\nX: ");
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> connection.exchange(request(0))).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldEndAnExchangeWhoseBodyTricklesIn() throws IOException {
        trickle("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        try (Connection connection = connect()) {
            Response response = connection.exchange(request(0));

            assertThatThrownBy(response::wholeText).isInstanceOf(IOException.class)
                    .satisfies(e -> assertThat(connection.cause((IOException) e))
                            .isInstanceOf(SocketTimeoutException.class));
        }
    }

    @Test
    void shouldNotEndAStream() throws IOException {
        trickle("HTTP/1.1 200 OK\r\n\r\n");
        try (Connection connection = Connection.open(address, ANY_SILENCE, Duration.ofSeconds(1))) {
            Response response = connection.exchange(request(0));
            connection.endExchange();

            assertThat(response.body().readNBytes(150)).hasSize(150); // byte after byte, for longer than a second
        }
    }
}
