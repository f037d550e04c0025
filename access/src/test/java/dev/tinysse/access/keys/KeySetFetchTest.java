package dev.tinysse.access.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.tinysse.server.pem.PemException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of key sets that respond well, badly, slowly, too much or not at all. */
@Timeout(60)
class KeySetFetchTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private interface Response {
        void write(OutputStream out) throws IOException;
    }

    private ServerSocket server;
    private final AtomicInteger requests = new AtomicInteger();

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private List<VerificationKey> fetch(Duration limit, Response response) throws Exception {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> serve(response));
        URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/jwks");
        return new KeySetFetch(address, limit).read();
    }

    private void serve(Response response) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                requests.incrementAndGet();
                while (client.getInputStream().read() != '\n') {
                    // the request head
                }
                response.write(client.getOutputStream());
            } catch (IOException e) {
                // the client has gone, or the test is over
            }
        }
    }

    private static Response body(String status, String body) {
        return out -> out.write("HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, body.length(), body).getBytes(US_ASCII));
    }

    private static String set() {
        ECPublicKey key = (ECPublicKey) KeyPairs.of("EC", 256).getPublic();
        return new JWKSet(List.of(new ECKey.Builder(Curve.P_256, key).keyID("a").build(),
                new OctetSequenceKey.Builder(new byte[32]).keyID("s").build())).toString(false);
    }

    @Test
    void shouldReadPublicKeysAndIgnoreSecrets() throws Exception {
        assertThat(fetch(LIMIT, body("200 OK", set()))).hasSize(1).allMatch(key -> key.isNamed("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "7", "{\"kty\":\"XX\"}",
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
            KeyFileTest.COORDINATE_BEYOND_THE_FIELD,
            "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"use\":7}", "{\"kty\":\"RSA\",\"kid\":7}", "{\"kty\":7}"})
    void shouldLeaveOutKeysThatCannotBeUsed(String unusable) throws Exception {
        String keys = set().replaceFirst("\\[", "[" + unusable + ",");
        assertThat(fetch(LIMIT, body("200 OK", keys))).hasSize(1).allMatch(key -> key.isNamed("a"));
    }

    @Test
    void shouldFailAtAnyOtherStatus() {
        assertThatThrownBy(() -> fetch(LIMIT, body("500 Oops", set()))).isInstanceOf(PemException.class)
                .hasMessage("status 500");
    }

    @Test
    void shouldFollowNoRedirect() {
        assertThatThrownBy(() -> fetch(LIMIT, out -> out.write(
                "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII))))
                .isInstanceOf(PemException.class).hasMessage("status 302");
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldFailAtWhatIsNoKeySet() {
        assertThatThrownBy(() -> fetch(LIMIT, body("200 OK", "<html>"))).isInstanceOf(PemException.class);
    }

    @Test
    void shouldFailAtMoreThanAMegabyte() {
        assertThatThrownBy(() -> fetch(LIMIT, out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n{".getBytes(US_ASCII));
            for (int i = 0; i < 100_000; i++) {
                out.write(" ".repeat(1000).getBytes(US_ASCII));
            }
        })).isInstanceOf(PemException.class);
    }

    @Test
    void shouldFailAtOneByteNowAndThen() {
        assertThatThrownBy(() -> fetch(SHORT, out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(US_ASCII));
            while (!server.isClosed()) {
                out.write(' ');
                out.flush();
                Thread.onSpinWait();
            }
        })).isInstanceOf(PemException.class);
    }

    @Test
    void shouldFailWhereNobodyResponds() throws Exception {
        assertThatThrownBy(() -> fetch(SHORT, out -> {
            while (!server.isClosed()) {
                Thread.onSpinWait();
            }
        })).isInstanceOf(PemException.class);
        server.close();
        URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/jwks");
        assertThatThrownBy(() -> new KeySetFetch(address, LIMIT).read()).isInstanceOf(PemException.class);
    }
}
