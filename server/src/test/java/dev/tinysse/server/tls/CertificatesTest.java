package dev.tinysse.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.server.LogLines;
import dev.tinysse.server.RunningServer;
import dev.tinysse.server.pem.PemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    private static final TestCertificate FIRST = TestCertificate.of("EC");
    private static final TestCertificate SECOND = TestCertificate.of("RSA");

    @TempDir
    private Path folder;
    private Path cert;
    private Path key;

    @BeforeEach
    void write() throws IOException {
        cert = Files.writeString(folder.resolve("cert.pem"), FIRST.cert());
        key = Files.writeString(folder.resolve("key.pem"), FIRST.key());
    }

    @Test
    void shouldSayWhichFileIsNotThere() throws IOException {
        Files.delete(key);
        assertThatThrownBy(() -> new Certificates(cert, key)).isInstanceOf(PemException.class)
                .hasMessage("--tls-key %s cannot be read: there is no such file", key);
    }

    @Test
    void shouldGiveNewHandshakesTheNewCertificate() throws Exception {
        Certificates certificates = new Certificates(cert, key);
        try (RunningServer server = new RunningServer("--tls-cert", cert.toString(), "--tls-key", key.toString())) {
            try (TlsClient client = new TlsClient(server.port())) {
                assertThat(client.certificate()).isEqualTo(FIRST.keys().getPublic());
            }
        }
        Files.writeString(cert, SECOND.cert());
        assertThat(certificates.look(true)).isFalse();
        Files.writeString(key, SECOND.key());
        assertThat(certificates.look(true)).isTrue();
    }

    @Test
    void shouldLogEachVersionThatCannotBeUsedOnce() throws Exception {
        Certificates certificates = new Certificates(cert, key);
        try (LogLines lines = new LogLines()) {
            Files.writeString(cert, SECOND.cert());
            assertThat(certificates.look(true)).isFalse();
            assertThat(certificates.look(true)).isFalse();
            assertThat(lines.with("certificate not reloaded")).hasSize(1);
            Files.writeString(cert, TestCertificate.of("RSA").cert());
            assertThat(certificates.look(true)).isFalse();
            assertThat(certificates.look(true)).isFalse();
            assertThat(lines.with("certificate not reloaded")).hasSize(2);
        }
    }

    @Test
    void shouldKeepTheOldOneWhenTheFilesAreGone() throws Exception {
        Certificates certificates = new Certificates(cert, key);
        Files.delete(cert);
        assertThat(certificates.look(true)).isFalse();
        Files.writeString(cert, FIRST.cert());
        assertThat(certificates.look(true)).isTrue();
    }
}
