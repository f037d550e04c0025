package dev.tinysse.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({"http://localhost, localhost, 80, /sse, localhost",
            "HTTPS://a.example, a.example, 443, /sse, a.example",
            "http://[::1]:1983/, ::1, 1983, /, [::1]:1983", "http://my_host:80/a?b=c#d, my_host, 80, /a?b=c, my_host",
            "http://h?x=ü, h, 80, /sse?x=%C3%BC, h", "https://h:80/a b, h, 80, /a%20b, h:80"})
    void shouldReadAddresses(String url, String host, int port, String target, String authority) {
        Address address = Address.parse(url);

        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.target()).isEqualTo(target);
        assertThat(address.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:1983", "ftp://h", "http://", "http:///x", "http://h:", "http://h:0",
            "http://h:65536",
            "http://h:-1", "http://::1", "http://h h", "http://user:secret@h", "http://h\r\nX: y"})
    void shouldRefuseOthersWithoutSecrets(String url) {
        assertThatThrownBy(() -> Address.parse(url)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("URL must").hasMessageNotContaining("secret");
    }

    @Test
    void shouldAddChannelsAndParameters() {
        Address address = Address.parse("http://h/sse?key=1").child("a,b.*").with("since", "all");

        assertThat(address.target()).isEqualTo("/sse/a,b.*?key=1&since=all");
        assertThat(address.has("since", "all")).isTrue();
        assertThat(address.has("since", "al")).isFalse();
        assertThat(address).hasToString("http://h/sse/a,b.*");
    }

    @ParameterizedTest
    @CsvSource({"/x, http://h:81/x", "x, http://h:81/a/x", "//other/x, http://other/x",
            "https://o:9/y?z, https://o:9/y"})
    void shouldResolveRedirects(String location, String target) {
        assertThat(Address.parse("http://h:81/a/b").resolve(location)).hasToString(target);
    }

    @Test
    void shouldKeepTheTokenFromOtherHosts() {
        Request request = new Request("GET", Address.parse("http://h/a"), java.util.Map.of("Accept", "x"), new byte[0])
                .authorized("secret");

        assertThat(request.to(Address.parse("http://H:80/b")).headers()).containsKey("Authorization");
        assertThat(request.to(Address.parse("https://h/b")).headers()).doesNotContainKey("Authorization");
        assertThat(request.to(Address.parse("http://i/b")).headers()).containsOnlyKeys("Accept");
        assertThat(request.toString()).doesNotContain("secret");
    }
}
