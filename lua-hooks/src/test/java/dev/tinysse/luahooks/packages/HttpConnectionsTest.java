package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connections are open after a request, as the kernel counts them. */
@Timeout(60)
class HttpConnectionsTest {
    private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int CALLS = 20;
    private static final String TIME_WAIT = "06";

    private final TestScripts scripts = new TestScripts(new HttpPackage("tinysse/0.1.0", 0));
    private ServerSocket socket;
    private volatile String response = GOOD;

    @BeforeEach
    void listen() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
        scripts.run("http, peer = require 'http', 'http://127.0.0.1:" + socket.getLocalPort() + "/'");
    }

    @AfterEach
    void close() throws IOException {
        scripts.close();
        socket.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                Thread.startVirtualThread(() -> serve(connection));
            }
        } catch (IOException _) {
            return;
        }
    }

    /** Responds to each request, and never closes the connection by itself. */
    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            byte[] request = new byte[1000];
            while (in.read(request) > 0) {
                connection.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException _) {
            return;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-x\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 000 N\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nbad header\u0001: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"})
    void shouldCloseTheConnectionOfAResponseThatIsNoHttp(String text) {
        response = text;
        for (int i = 0; i < CALLS; i++) {
            assertThatThrownBy(() -> scripts.run("http.get(peer)")).hasMessageContaining("for url");
        }
        await().untilAsserted(() -> assertThat(connections()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 103 Early\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst"})
    void shouldCloseTheConnectionOfARequestThatItsTimeoutCutsOff(String text) {
        response = text;
        for (int i = 0; i < CALLS; i++) {
            assertThatThrownBy(() -> scripts.run("http.get(peer, {timeout = 20})")).hasMessageContaining("timed out");
        }
        await().untilAsserted(() -> assertThat(connections()).isZero());
    }

    @Test
    void shouldKeepOneConnectionForGoodResponses() throws IOException {
        for (int i = 0; i < CALLS; i++) {
            scripts.run("http.get(peer)");
        }
        assertThat(connections()).isEqualTo(1);
    }

    @Test
    void shouldServeTheNextRequestAfterAResponseThatIsNoHttp() {
        response = "SSH-2.0-x\r\n";
        assertThatThrownBy(() -> scripts.run("http.get(peer)")).hasMessageContaining("Invalid status line");
        response = GOOD;
        assertThat(scripts.run("return http.get(peer).body")).isEqualTo("ok");
    }

    /** Those of this process to the peer: all lines of the kernel's tables that have its port at the far end. */
    private long connections() throws IOException {
        String far = ":%04X".formatted(socket.getLocalPort());
        return Stream.concat(lines("tcp"), lines("tcp6"))
                .filter(columns -> columns[2].endsWith(far) && !columns[3].equals(TIME_WAIT)).count();
    }

    private static Stream<String[]> lines(String table) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/net", table)).stream().map(line -> line.strip().split(" +"));
    }
}
