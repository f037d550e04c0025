package dev.tinysse.server.routing;

import static dev.tinysse.server.HttpClientSocket.get;
import static dev.tinysse.server.HttpClientSocket.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.HttpClientSocket;
import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.transport.Listener;
import dev.tinysse.server.transport.TransportConfig;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private final Router router = new Router(says("otherwise"), true,
            List.of(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store")));
    private Listener listener;

    private static Handler says(String text) {
        return (request, response) -> response.send(text.getBytes(UTF_8));
    }

    private HttpClientSocket.Response ask(String request) throws IOException {
        listener = new Listener(
                new TransportConfig(
                        List.of(Endpoint.tcp("localhost", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                false)),
                        Optional.empty(), TrustedProxies.NONE, Duration.ZERO, Duration.ZERO, Duration.ZERO,
                        Duration.ZERO, 1000, 1000),
                Listener.routing().any(router), List.of(), RequestListener.NONE);
        listener.bind();
        listener.start();
        try (HttpClientSocket client = new HttpClientSocket(listener.bound().getFirst().port())) {
            return client.send(request).response();
        }
    }

    @AfterEach
    void close() {
        if (listener != null) {
            listener.close();
        }
    }

    @Test
    void shouldGiveEachMethodOfAPathToItsRoute() throws IOException {
        router.add(Route.at("publish", "/sse").post(says("post")));
        router.add(Route.at("subscribe", "/sse").get(says("get")));
        HttpClientSocket.Response response = ask(get("/sse"));
        assertThat(response.body()).isEqualTo("get");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void shouldNameTheMethodsOfAPathInTheOrderOfItsRoutes() throws IOException {
        router.add(Route.at("publish", "/sse").post(says("post")));
        router.add(Route.at("subscribe", "/sse").get(says("get")));
        HttpClientSocket.Response response = ask(request("DELETE", "/sse"));
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).isEqualTo("POST, GET, HEAD");
    }

    @Test
    void shouldListTheMethodsOfAPath() throws IOException {
        router.add(Route.at("a", "/a").get(says("a")).delete(says("a")));
        HttpClientSocket.Response response = ask(request("OPTIONS", "/a"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Allow")).isEqualTo("GET, HEAD, DELETE");
    }

    @Test
    void shouldLeaveEveryOtherPathToTheOtherHandler() throws IOException {
        router.add(Route.at("a", "/a").get(says("a")));
        assertThat(ask(get("/%61")).body()).isEqualTo("otherwise");
    }

    @ParameterizedTest
    @CsvSource({"/sse, POST, publish", "/sse, GET, subscribe", "/sse, PUT, subscribe", "/sse/news, POST, publish",
            "/sse/news, HEAD, subscribe", "/sse/news/more, POST, other", "/sse/, POST, other", "/, GET, other",
            "/health, PUT, health"})
    void shouldNameEachPathByItsMethod(String path, String method, String name) {
        router.add(Route.at("publish", "/sse").orBelow().post(says("")));
        router.add(Route.at("subscribe", "/sse").orBelow().get(says("")));
        router.add(Route.at("health", "/health").get(says("")));
        assertThat(router.name(path, method)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/channels/x", "/channels/%2F", "/channels/history"})
    void shouldMatchOneSegment(String path) {
        router.add(Route.between("/channels/", "").get(says("")));
        router.add(Route.between("/channels/", "/history").delete(says("")));
        assertThat(router.find(path)).singleElement().satisfies(route -> assertThat(route.handlers()).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/channels/", "/channels", "/channels//history", "/channels/x/y/history", "/channels/x/",
            "/channels/x/histor"})
    void shouldMatchNeitherNoSegmentNorSeveral(String path) {
        router.add(Route.between("/channels/", "").get(says("")));
        router.add(Route.between("/channels/", "/history").delete(says("")));
        assertThat(router.find(path)).isEmpty();
    }

    @Test
    void shouldRequireTheTokenUnlessItSaysOtherwise() {
        assertThat(Route.at("a", "/a").needsToken()).isTrue();
        assertThat(Route.at("a", "/a").withoutToken().needsHost()).isTrue();
        assertThat(Route.at("a", "/a").withoutHost().needsToken()).isFalse();
    }
}
