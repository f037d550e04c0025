package dev.tinysse.luahooks.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

    private static String parse(String host) {
        return Hosts.parse(host, true);
    }

    @ParameterizedTest
    @CsvSource({"EXAMPLE.com,example.com", "%41%42,ab", "a_b,a_b", "-a-,-a-", "a.,a.", "a..b,a..b", "*,*"})
    void shouldTakeDomains(String host, String expected) {
        assertThat(parse(host)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"bücher.de,xn--bcher-kva.de", "BÜCHER.de,xn--bcher-kva.de", "faß.de,xn--fa-hia.de",
            "日本語。ｊｐ,xn--wgv71a119e.jp", "☃.net,xn--n3h.net", "😀,xn--e28h", "%C3%BC,xn--tda",
            "XN--BCHER-KVA.de,xn--bcher-kva.de", "a\u00adb,ab", "ΒΌΛΟΣ.gr,xn--nxasmq6b.gr"})
    void shouldWriteInternationalDomainsInAscii(String host, String expected) {
        assertThat(parse(host)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "u@h", "h:81", "a<b", "a%20b", "%zz", "xn--", "xn--a", "\u200d", "\u0301a",
            "\ufffd", "a\u3000b"})
    void shouldRefuseWhatIsNoDomain(String host) {
        assertThatExceptionOfType(UrlException.class).isThrownBy(() -> parse(host))
                .withMessage("invalid international domain name");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.1", "127.1,127.0.0.1", "0x7f.1,127.0.0.1", "017700000001,127.0.0.1",
            "2130706433,127.0.0.1", "4294967295,255.255.255.255", "1.2.3.4.,1.2.3.4", "0x,0.0.0.0", "1.a,1.a"})
    void shouldTakeAllFormsOfIpv4(String host, String expected) {
        assertThat(parse(host)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967296", "256.1.1.1", "1.2.3.256", "1.2.3.4.5", "1..2", "a.1", "08",
            "99999999999999999999"})
    void shouldRefuseBadIpv4(String host) {
        assertThatExceptionOfType(UrlException.class).isThrownBy(() -> parse(host)).withMessage("invalid IPv4 address");
    }

    @ParameterizedTest
    @CsvSource({"[::1],[::1]", "[::],[::]", "[FF::AB],[ff::ab]", "[0:0:1:0:0:0:1:0],[0:0:1::1:0]",
            "[1:2:3:4:5:6:7:8],[1:2:3:4:5:6:7:8]", "[::ffff:1.2.3.4],[::ffff:102:304]", "[1:0:3::],[1:0:3::]"})
    void shouldShortenIpv6(String host, String expected) {
        assertThat(parse(host)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1", "[]", "[::g]", "[1::2::3]", "[1:2:3]", "[::01.2.3.4]", "[1:2:3:4:5:6:7:8:9]",
            "[12345::]", "[:1]", "[::1.2.3]"})
    void shouldRefuseBadIpv6(String host) {
        assertThatExceptionOfType(UrlException.class).isThrownBy(() -> parse(host)).withMessage("invalid IPv6 address");
    }

    @Test
    void shouldKeepTheHostsOfOtherSchemesAsTheyAre() {
        assertThat(Hosts.parse("H%zzé", false)).isEqualTo("H%zz%C3%A9");
    }

    @Test
    void shouldDecodeWhatItEncodes() {
        for (String label : new String[]{"bücher", "日本語", "😀a😀", "é", "aéb-c"}) {
            assertThat(Punycode.decode(Punycode.encode(label))).isEqualTo(label);
        }
    }
}
