package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.internal.ByteSizes;
import dev.tinysse.api.internal.Durations;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "60s, PT1M", "5m, PT5M", "1h, PT1H", "1m30s, PT1M30S", "1h 30m, PT1H30M",
            "' 2 min ', PT2M", "1500us, PT0.0015S", "7ns, PT0.000000007S", "2days 1hour, PT49H", "1w, PT168H",
            "1M, PT2630016S", "1y, PT31557600S", "0s, PT0S", "0, PT0S", "100y, PT876600H"})
    void shouldReadDurations(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5", "s", "1.5s", "-1s", "1S", "1 s 2", "1s,2s", "1 h30", "abc", "100y 1s",
            "9223372036854775807s", "999999999999999999y", "100y 100y 100y", "１s"})
    void shouldRefuseOtherDurations(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"65536, 65536", "64KB, 64000", "64KiB, 65536", "64k, 64000", "1.5MB, 1500000", "1 mb, 1000000",
            "2GiB, 2147483648", "1TiB, 1099511627776", "0, 0", "7b, 7", "0.0005KB, 0",
            "9007199254740991KiB, 9223372036854774784"})
    void shouldReadSizes(String text, long bytes) {
        assertThat(ByteSizes.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KB", ".", "1.2.3MB", "-1", "1QB", "1 2", "9999999999999999999TiB",
            "9007199254740992KiB", "64KBKB", "0x10"})
    void shouldRefuseOtherSizes(String text) {
        assertThat(ByteSizes.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:1983, 127.0.0.1, 1983", "0.0.0.0:80, 0.0.0.0, 80", "[::1]:0, ::1, 0",
            "localhost:65535, localhost, 65535", "my-host.example:1, my-host.example, 1"})
    void shouldReadAddresses(String text, String host, int port) {
        assertThat(ListenAddresses.parse(text)).contains(List.of(new ListenAddress.Tcp(text, false, host, port)));
    }

    @Test
    void shouldReadSeveralAddresses() {
        assertThat(ListenAddresses.parse("127.0.0.1:1983,tls:[::1]:8443, unix:/run/x.sock")).contains(List.of(
                new ListenAddress.Tcp("127.0.0.1:1983", false, "127.0.0.1", 1983),
                new ListenAddress.Tcp("tls:[::1]:8443", true, "::1", 8443),
                new ListenAddress.Unix("unix:/run/x.sock", "/run/x.sock")));
    }

    @ParameterizedTest
    @CsvSource({"0660, rw-rw----", "600, rw-------", "0777, rwxrwxrwx", "000, ---------"})
    void shouldReadFileModes(String text, String permissions) {
        assertThat(FileValues.parseMode(text)).contains(PosixFilePermissions.fromString(permissions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "66", "0668", "1660", "rw-rw----", "00660", "-660"})
    void shouldRefuseOtherFileModes(String text) {
        assertThat(FileValues.parseMode(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls:", "tls:8443", "unix:", "tls:unix:/x", "TLS:127.0.0.1:1", "127.0.0.1:1,",
            ",127.0.0.1:1", "127.0.0.1:1,8443", "", ":", "1983", ":1983", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
            "127.0.0.1:-1",
            "::1:1983", "[::1]", "[]:1", "[1.2.3.4]:1", "256.0.0.1:1", "1.2.3:1", "a b:1", "http://a:1",
            "127.0.0.1:1 "})
    void shouldRefuseOtherAddresses(String text) {
        assertThat(ListenAddresses.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org", "http://localhost:8080", "http://127.0.0.1:81", "http://[::1]:81",
            "null", "capacitor://localhost", "https://example.org:80"})
    void shouldTakeOriginsThatBrowsersSend(String text) {
        assertThat(CorsNames.isOrigin(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "https://", "https://example.org/", "https://Example.org",
            "HTTPS://example.org", "https://example.org:443", "http://example.org:80", "https://u@example.org",
            "https://example.org?x", "https://example.org#x", "https://a b", "https://*.example.org", "about:blank",
            "https://example.org:"})
    void shouldRefuseOriginsThatBrowsersNeverSend(String text) {
        assertThat(CorsNames.isOrigin(text)).isFalse();
    }
}
