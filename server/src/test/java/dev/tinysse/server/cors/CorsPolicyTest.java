package dev.tinysse.server.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helidon.http.Header;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsPolicyTest {
    private static final List<String> ANY = List.of("*");
    private static final List<String> ORIGINS = List.of("http://a.example", "https://b.example:8443");
    private static final CorsPolicy OPEN = new CorsPolicy(ANY, ANY, ANY, false, Duration.ZERO);

    @ParameterizedTest
    @ValueSource(strings = {"", "http://a.example", "null", "junk"})
    void shouldAllowEveryOriginAlikeWhenAnyIsAllowed(String origin) {
        assertThat(text(OPEN.headersFor(origin))).containsExactly("Access-Control-Allow-Origin: *");
    }

    @Test
    void shouldMakeNothingPerRequest() {
        assertThat(OPEN.headersFor("http://a.example")).isSameAs(OPEN.headersFor("http://b.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.example", "https://b.example:8443"})
    void shouldEchoAListedOrigin(String origin) {
        assertThat(text(listed(false).headersFor(origin)))
                .containsExactlyInAnyOrder("Access-Control-Allow-Origin: " + origin, "Vary: Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "*", "http://A.example", "https://a.example", "http://a.example:80",
            "http://a.example/", "http://a.example.evil", "http://a.example, https://b.example:8443"})
    void shouldOnlyVaryForOtherOrigins(String origin) {
        assertThat(text(listed(true).headersFor(origin))).containsExactly("Vary: Origin");
    }

    @Test
    void shouldAllowCredentialsToListedOrigins() {
        assertThat(text(listed(true).headersFor("http://a.example")))
                .contains("Access-Control-Allow-Credentials: true");
    }

    @Test
    void shouldAllowNobodyWhenNothingIsListed() {
        var policy = new CorsPolicy(List.of(), ANY, ANY, false, Duration.ZERO);

        assertThat(text(policy.headersFor("http://a.example"))).containsExactly("Vary: Origin");
    }

    @Test
    void shouldSayInAPreflightWhatIsAllowedAndForHowLong() {
        var policy = new CorsPolicy(ANY, List.of("GET", "POST"), List.of("Cookie", "X-Token"), false,
                Duration.ofMillis(3_600_999));

        assertThat(text(policy.preflightHeaders())).containsExactlyInAnyOrder("Access-Control-Allow-Methods: GET, POST",
                "Access-Control-Allow-Headers: Cookie, X-Token", "Access-Control-Max-Age: 3600",
                "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    }

    @Test
    void shouldRefuseCredentialsTogetherWithAStar() {
        var some = List.of("x");
        assertThatIllegalArgumentException().isThrownBy(() -> new CorsPolicy(ANY, some, some, true, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new CorsPolicy(some, ANY, some, true, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new CorsPolicy(some, some, ANY, true, Duration.ZERO))
                .withMessageContaining("headers=[*]");
    }

    private static CorsPolicy listed(boolean credentials) {
        return new CorsPolicy(ORIGINS, List.of("GET"), List.of("X-One"), credentials, Duration.ZERO);
    }

    private static Stream<String> text(List<Header> headers) {
        return headers.stream().map(header -> header.name() + ": " + header.get());
    }
}
