package dev.tinysse.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.sockets.Authority;
import dev.tinysse.server.sockets.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminHostsTest {
    private static final AdminHosts.Local PLAIN = new AdminHosts.Local("192.0.2.7", 9090, false);
    private static final AdminHosts.Local TLS = new AdminHosts.Local("192.0.2.7", 9090, true);
    private static final AdminHosts.Local DEFAULT_PORT = new AdminHosts.Local("127.0.0.1", 80, false);
    private static final AdminHosts.Local SOCKET = new AdminHosts.Local("unix", 0, false);

    private final AdminHosts hosts = hosts("ops.example", "admin.example:443");

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.9.9.9:9090", "[::1]:65535", "192.0.2.7", "192.0.2.7:9090",
            "ops.example", "Ops.Example:8443", "admin.example", "admin.example:443", "admin.example:9090"})
    void shouldTakeANameWithAnyPort(String host) {
        assertThat(hosts.contains(host, PLAIN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example", "localhost.evil.example", "10.1.2.3", "127.1",
            "127.0.0.1.evil.example"})
    void shouldRejectAnotherName(String host) {
        assertThat(hosts.contains(host, PLAIN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:", "localhost:0", "localhost:65536", "localhost:evil", "localhost:80:evil",
            "localhost:-1", "localhost:+80", "localhost:80 ", "127.0.0.1:evil.example", "[::1]:x", "[::1]:80:evil"})
    void shouldRejectAnInvalidPort(String host) {
        assertThat(hosts.contains(host, PLAIN)).isFalse();
        assertThat(hosts.containsOrigin("http://" + host, PLAIN)).isFalse();
        assertThat(hosts.containsOrigin("http://" + host, DEFAULT_PORT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:9090", "http://127.0.0.1:9090", "http://[::1]:9090",
            "http://192.0.2.7:9090", "http://ops.example:9090"})
    void shouldTakeAnOriginOfItsSchemeAndPort(String origin) {
        assertThat(hosts.containsOrigin(origin, PLAIN)).isTrue();
        assertThat(hosts.containsOrigin(origin.replace("http:", "https:"), TLS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://localhost:8080", "http://ops.example", "http://ops.example:443",
            "https://localhost:9090", "http://127.0.0.2:9", "chrome-extension://localhost:9090", "null", "",
            "localhost:9090", "http://evil.example:9090", "http://localhost:9090@evil.example", "//localhost:9090"})
    void shouldRejectAnotherOrigin(String origin) {
        assertThat(hosts.containsOrigin(origin, PLAIN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:9090", "https://localhost"})
    void shouldRejectAnotherOriginOfAListenerWithTls(String origin) {
        assertThat(hosts.containsOrigin(origin, TLS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://localhost:80"})
    void shouldTakeTheDefaultPortOfTheScheme(String origin) {
        assertThat(hosts.containsOrigin(origin, DEFAULT_PORT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://admin.example", "https://admin.example:443", "https://ADMIN.example"})
    void shouldTakeTheOriginOfAProxyThatIsNamedWithItsPort(String origin) {
        assertThat(hosts.containsOrigin(origin, PLAIN)).isTrue();
        assertThat(hosts.containsOrigin(origin, SOCKET)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://admin.example", "https://admin.example:8443", "https://ops.example",
            "https://localhost", "https://www.admin.example"})
    void shouldRejectOtherOriginsBehindAProxy(String origin) {
        assertThat(hosts.containsOrigin(origin, PLAIN)).isFalse();
        assertThat(hosts.containsOrigin(origin, SOCKET)).isFalse();
    }

    private static AdminHosts hosts(String... names) {
        Endpoint endpoint = Endpoint.tcp("0.0.0.0",
                new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 9090), false);
        return AdminHosts.of(List.of(endpoint),
                Stream.of(names).map(name -> Authority.parse(name).orElseThrow()).toList());
    }
}
