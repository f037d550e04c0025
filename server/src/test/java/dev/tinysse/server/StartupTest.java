package dev.tinysse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.settings.ListenAddress;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.sockets.Endpoint;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupTest {
    @Test
    void shouldSayWhatRunsAndWhereToGo() {
        assertThat(lines("--listen=127.0.0.1:0", "--pub-path=/in")).satisfiesExactly(
                line -> assertThat(line).startsWith("Started tinysse/"),
                line -> assertThat(line).isEqualTo("Listening on 127.0.0.1:1983"),
                line -> assertThat(line).isEqualTo("Publish with POST http://127.0.0.1:1983/in,"
                        + " subscribe with GET http://127.0.0.1:1983/sse"));
    }

    @Test
    void shouldSayThatTheZeroAddressIsIpv4Alone() {
        assertThat(lines("--listen=0.0.0.0:0")).element(1).isEqualTo("Listening on 0.0.0.0:1983 (IPv4 only)");
    }

    @Test
    void shouldSayThatTheIpv6ZeroAddressIsBoth() {
        assertThat(lines("--listen=[::]:0")).element(1).isEqualTo("Listening on [::]:1983 (IPv6 and IPv4)");
    }

    @Test
    void shouldNameEachAddressWithItsScheme() {
        assertThat(lines("--listen=127.0.0.1:0", "--listen=tls:[::1]:0", "--listen=unix:/run/x.sock", "--tls-cert=c",
                "--tls-key=k"))
                .containsSubsequence("Listening on 127.0.0.1:1983", "Listening on tls:[::1]:1983",
                        "Listening on unix:/run/x.sock");
    }

    @Test
    void shouldNameAnAddressThatCanBeAskedWhereItListensOnAll() {
        assertThat(lines("--listen=0.0.0.0:0")).element(2).asString().contains("GET http://127.0.0.1:1983/sse");
    }

    @Test
    void shouldNameTheScript() {
        assertThat(lines("--listen=127.0.0.1:0", "--script=hooks/staff.lua"))
                .endsWith("Script loaded: file=hooks/staff.lua");
    }

    @Test
    void shouldWarnOfAnAddressThatOthersReach() {
        Settings settings = RunningServer.settings("--listen=192.0.2.7:0");
        assertThat(Startup.openToAnybody(bound(settings))).get().asString()
                .startsWith("Publishing is unauthenticated: listen=192.0.2.7:1983 ");
    }

    @Test
    void shouldNotWarnOfLoopback() {
        for (String listen : List.of("127.0.0.1:0", "127.9.9.9:0", "[::1]:0", "localhost:0")) {
            Settings settings = RunningServer.settings("--listen=" + listen);
            assertThat(Startup.openToAnybody(bound(settings))).as(listen).isEmpty();
        }
    }

    private static List<String> lines(String... flags) {
        Settings settings = RunningServer.settings(flags);
        return Startup.lines(settings, bound(settings));
    }

    private static List<Endpoint> bound(Settings settings) {
        return settings.listen().stream().map(address -> switch (address) {
            case ListenAddress.Tcp tcp -> Endpoint.tcp(tcp.host().contains(":") ? "[" + tcp.host() + "]" : tcp.host(),
                    new InetSocketAddress(tcp.host(), 1983), settings.isTls(tcp));
            case ListenAddress.Unix unix -> Endpoint.unix(unix.path(), settings.listenMode());
        }).toList();
    }
}
