package dev.tinysse.server.cors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.files.RawHttp;
import dev.tinysse.server.files.RawHttp.Response;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpRoute;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServerTest
class CorsFilterTest {
    private static final String ORIGIN = "Origin: http://a.example";
    private static final String ASKED_METHOD = "Access-Control-Request-Method: POST";

    private final int port;

    CorsFilterTest(WebServer server) {
        port = server.port();
    }

    @SetUpServer
    static void setUp(WebServerConfig.Builder server) {
        server.shutdownHook(false);
    }

    @SetUpRoute
    static void setUp(HttpRouting.Builder routing) {
        var some = List.of("GET", "POST");
        var policy = new CorsPolicy(List.of("http://a.example"), some, some, false, Duration.ofHours(1));
        routing.addFilter(new CorsFilter(policy))
                .get("/well", (_, response) -> response.send("well"))
                .options("/well", (_, response) -> response.header(HeaderNames.ALLOW, "GET").send())
                .get("/broken", (_, _) -> {
                    throw new IllegalStateException("broken");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/well", "/broken", "/none"})
    void shouldPutTheHeadersOnEveryKindOfResponse(String path) {
        var response = exchange("GET", path, ORIGIN);

        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("http://a.example");
        assertThat(response.header("Vary")).isEqualTo("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/well", "/none"})
    void shouldRespondToAPreflightOnEveryPath(String path) {
        var response = exchange("OPTIONS", path, ORIGIN, ASKED_METHOD);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("http://a.example");
        assertThat(response.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST");
        assertThat(response.header("Vary")).startsWith("Origin, ");
    }

    @Test
    void shouldRespondToThePreflightOfAForeignOriginWithoutAllowingIt() {
        var response = exchange("OPTIONS", "/well", "Origin: http://b.example", ASKED_METHOD);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void shouldLeaveOtherOptionsToTheRoute() {
        var response = exchange("OPTIONS", "/well", ORIGIN);

        assertThat(response.header("Allow")).isEqualTo("GET");
        assertThat(response.header("Access-Control-Allow-Methods")).isEmpty();
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("http://a.example");
    }

    @Test
    void shouldTakeNoMethodButOptionsForAPreflight() {
        assertThat(exchange("GET", "/well", ORIGIN, ASKED_METHOD).body()).isEqualTo("well");
    }

    private Response exchange(String method, String path, String... headers) {
        return RawHttp.exchange(port, method, path, headers);
    }
}
