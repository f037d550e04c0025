package dev.tinysse.luahooks.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlBuilderTest {

    private final UrlBuilder builder = new UrlBuilder().scheme("http").host("h");

    @Test
    void shouldPutAllPartsTogether() {
        assertThat(new UrlBuilder().scheme("HTTPS").username("ann").password("pw").host("shop.example").port(8443)
                .path("/cart/new").args(Map.of("colour", List.of("red", "blue"))).query("item=pen").fragment("total")
                .build())
                .hasToString("https://ann:pw@shop.example:8443/cart/new?item=pen&colour=red&colour=blue#total");
    }

    @Test
    void shouldRequireASchemeAndAHost() {
        assertThatExceptionOfType(UrlException.class).isThrownBy(() -> new UrlBuilder().host("h").build())
                .withMessage("scheme is required");
        assertThatExceptionOfType(UrlException.class).isThrownBy(() -> new UrlBuilder().scheme("http").build())
                .withMessage("host is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1x", "redis", "file", "mailto", "http:"})
    void shouldRefuseOtherSchemes(String scheme) {
        assertThatExceptionOfType(UrlException.class).isThrownBy(() -> builder.scheme(scheme))
                .withMessage("scheme is invalid: scheme=" + scheme);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "h/x", "h:81", "u@h", "::1", "1.2.3.4.5"})
    void shouldRefuseWhatIsNoHost(String host) {
        assertThatExceptionOfType(UrlException.class).isThrownBy(() -> builder.host(host))
                .withMessageStartingWith("host is invalid: host=" + host);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 65_536, Long.MAX_VALUE})
    void shouldRefuseWhatIsNoPort(long port) {
        assertThatExceptionOfType(UrlException.class).isThrownBy(() -> builder.port(port))
                .withMessage("port is invalid: port=" + port);
    }

    @Test
    void shouldLeaveOutThePortOfTheScheme() {
        assertThat(builder.port(80).build()).hasToString("http://h/");
        assertThat(builder.scheme("https").build()).hasToString("https://h:80/");
    }

    @Test
    void shouldEscapeCredentials() {
        assertThat(builder.username("u@:/ x").password("p?#:@").build())
                .hasToString("http://u%40%3A%2F%20x:p%3F%23%3A%40@h/");
        assertThat(builder.username("").password("p").build()).hasToString("http://:p@h/");
        assertThat(builder.password("").build()).hasToString("http://h/");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", textBlock = """
            a/b => /a/b
            /a b%20c => /a%20b%20c
            /a?b#c => /a%3Fb%23c
            /a/../b => /b
            a\\b => /a/b
            //a => //a
            """)
    void shouldEscapeThePath(String path, String expected) {
        assertThat(builder.path(path).build()).hasToString("http://h" + expected);
    }

    @ParameterizedTest
    @CsvSource({"a=b c,a=b%20c", "a=%20+b,a=%20+b", "a#b,a%23b", "'',''"})
    void shouldEscapeTheQuery(String query, String expected) {
        assertThat(builder.query(query).build()).hasToString("http://h/?" + expected);
    }

    @Test
    void shouldEncodeArgumentsLikeAForm() {
        Map<String, List<String>> args = new TreeMap<>(Map.of("a b&=", List.of("c d+&=/?#", "*-._~"), "none",
                List.of(), "é", List.of("")));
        assertThat(builder.args(args).build())
                .hasToString("http://h/?a+b%26%3D=c+d%2B%26%3D%2F%3F%23&a+b%26%3D=*-._%7E&%C3%A9=");
        assertThat(builder.args(Map.of("none", List.of())).build()).hasToString("http://h/");
    }
}
