package dev.tinysse.server.proxies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.sockets.IpAddresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final Client PROXY = new Client("10.0.0.1", 40_000, false);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "10.0.0.0/8", "192.0.2.7", "::1", "2001:db8::/32, unix", "unix", "0.0.0.0/0",
            "::ffff:10.0.0.0/104", "forwarded, 10.0.0.0/8", "unix,forwarded"})
    void shouldReadNetworks(String text) {
        assertThat(TrustedProxies.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0/8", "localhost", "::/129", "unix,",
            "10.0.0.0/8;::1", "fe80::1%eth0", "UNIX", "[::1]", "10.0.0.1:80", "*", "forwarded", "10.0.0.0/8,Forwarded",
            "10.0.0.0/8,x-forwarded-for"})
    void shouldRefuseWhatIsNone(String text) {
        assertThat(TrustedProxies.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.1, false", "192.0.2.128/25, 192.0.2.127, false",
            "192.0.2.128/25, 192.0.2.255, true", "0.0.0.0/0, 203.0.113.9, true", "0.0.0.0/0, ::1, false",
            "2001:db8::/33, 2001:db8:7fff::1, true", "2001:db8::/33, 2001:db8:8000::1, false",
            "::ffff:10.0.0.0/104, 10.1.2.3, true", "10.0.0.1, 10.0.0.1, true", "10.0.0.1, 10.0.0.2, false"})
    void shouldTellWhoIsInANetwork(String network, String address, boolean contained) {
        assertThat(Network.parse(network).orElseThrow().contains(IpAddresses.parse(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"203.0.113.9 | 203.0.113.9 | 0", "203.0.113.9:81 | 203.0.113.9 | 81",
            "1.1.1.1, 203.0.113.9 | 203.0.113.9 | 0", "203.0.113.9, 10.0.0.2 | 203.0.113.9 | 0",
            "10.0.0.3, 10.0.0.2 | 10.0.0.3 | 0", "nonsense, 10.0.0.2 | 10.0.0.2 | 0", "nonsense | 10.0.0.1 | 40000",
            "203.0.113.9, unknown, 10.0.0.2 | 10.0.0.2 | 0", "2001:DB8:0:0::9 | 2001:db8::9 | 0",
            "[2001:db8::9]:81 | 2001:db8::9 | 81", "[2001:db8::9] | 2001:db8::9 | 0",
            "::ffff:203.0.113.9 | 203.0.113.9 | 0",
            "203.0.113.9, , 10.0.0.2 | 203.0.113.9 | 0", "203.0.113.9:99999 | 203.0.113.9 | 0",
            "[203.0.113.9]x | 10.0.0.1 | 40000", "1.2.3 | 10.0.0.1 | 40000"})
    void shouldReadAddressesFromTheRight(String header, String ip, int port) {
        assertThat(resolve("10.0.0.0/8", "for=9.9.9.9;proto=https", header, "")).isEqualTo(new Client(ip, port, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {"for=203.0.113.9 | 203.0.113.9 | 0 | false",
            "For=\"203.0.113.9:81\";proto=https | 203.0.113.9 | 81 | true",
            "for=\"[2001:db8::9]:81\" | 2001:db8::9 | 81 | false", "for=\"[2001:db8::9]\" | 2001:db8::9 | 0 | false",
            "for=1.1.1.1, for=203.0.113.9;by=10.0.0.2 | 203.0.113.9 | 0 | false",
            "for=203.0.113.9;proto=https, for=10.0.0.2;proto=http | 203.0.113.9 | 0 | true",
            "for=_hidden, for=10.0.0.2 | 10.0.0.2 | 0 | false", "for=unknown;proto=https | 10.0.0.1 | 40000 | true",
            "for=\"203.0.113.9:_x\" | 203.0.113.9 | 0 | false",
            "for=\"1.1.1.1, for=203.0.113.9 | 203.0.113.9 | 0 | false",
            "broken, for=10.0.0.2 | 10.0.0.2 | 0 | false", "for=1.1.1.1;for=2.2.2.2 | 10.0.0.1 | 40000 | false",
            "for=\"a\\\"b, c\";x=1, for=203.0.113.9 | 203.0.113.9 | 0 | false",
            "for=203.0.113.9;host=\"a,b;c\\\"d\" | 203.0.113.9 | 0 | false",
            "by=203.0.113.9 | 10.0.0.1 | 40000 | false"})
    void shouldReadForwardedFromTheRight(String header, String ip, int port, boolean secure) {
        assertThat(resolve("10.0.0.0/8,forwarded", header, "9.9.9.9", "https,https"))
                .isEqualTo(new Client(ip, port, secure));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"203.0.113.9 | https | true", "203.0.113.9 | HTTPS | true",
            "203.0.113.9 | http | false", "203.0.113.9 | gopher | false", "1.1.1.1, 203.0.113.9 | http, https | true",
            "203.0.113.9, 10.0.0.2 | https, http | true", "1.1.1.1, 2.2.2.2, 203.0.113.9 | http, https | true"})
    void shouldReadTheSchemeLikewise(String addresses, String schemes, boolean secure) {
        assertThat(resolve("10.0.0.0/8", "proto=http", addresses, schemes).secure()).isEqualTo(secure);
    }

    @Test
    void shouldTakeTheSchemeOfAProxyThatSaysNothingElse() {
        assertThat(resolve("10.0.0.0/8", "", "", "https")).isEqualTo(new Client("10.0.0.1", 40_000, true));
    }

    @Test
    void shouldIgnoreForwardedWithoutTheOtherHeaders() {
        assertThat(resolve("10.0.0.0/8", "for=203.0.113.9;proto=https", "", "")).isEqualTo(PROXY);
    }

    @Test
    void shouldIgnoreTheOtherHeadersWithForwarded() {
        assertThat(resolve("10.0.0.0/8,forwarded", "", "203.0.113.9", "https")).isEqualTo(PROXY);
    }

    @Test
    void shouldNotBelieveOthers() {
        Client stranger = new Client("192.0.2.1", 5, false);
        assertThat(proxies("10.0.0.0/8").resolve(stranger, new TrustedProxies.Said("for=1.1.1.1", "2.2.2.2", "https")))
                .isEqualTo(stranger);
    }

    @Test
    void shouldBelieveAUnixSocketOnlyIfNamed() {
        Client local = new Client("unix", 0, false);
        TrustedProxies.Said said = new TrustedProxies.Said("", "203.0.113.9", "");
        assertThat(proxies("unix").resolve(local, said).ip()).isEqualTo("203.0.113.9");
        assertThat(proxies("0.0.0.0/0").resolve(local, said)).isEqualTo(local);
    }

    @Test
    void shouldNotTakeAHopForASocket() {
        assertThat(proxies("unix, 10.0.0.0/8").resolve(PROXY, new TrustedProxies.Said("", "1.1.1.1, unix:", "")))
                .isEqualTo(PROXY);
    }

    private static Client resolve(String trusted, String forwarded, String addresses, String schemes) {
        return proxies(trusted).resolve(PROXY, new TrustedProxies.Said(forwarded, addresses, schemes));
    }

    private static TrustedProxies proxies(String text) {
        return TrustedProxies.parse(text).orElseThrow();
    }
}
