package dev.tinysse.server;

import static dev.tinysse.server.HttpClientSocket.get;
import static dev.tinysse.server.HttpClientSocket.post;
import static dev.tinysse.server.HttpClientSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which channels requests name. */
class ChannelRequestsTest {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** Notes the channels, and refuses everything. */
    private static final class Noting implements Hooks {
        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Set<Hook> defined() {
            return Set.of(Hook.PUBLISH, Hook.SUBSCRIBE);
        }

        @Override
        public Optional<Publication> publish(Publication publication) {
            seen.add(publication.channel());
            return Optional.empty();
        }

        @Override
        public Optional<Subscription> subscribe(Subscription subscription) {
            seen.addAll(subscription.channels());
            return Optional.empty();
        }
    }

    private static final Noting HOOKS = new Noting();
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer(HOOKS, "--channels");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        HOOKS.seen.clear();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"/sse, {\"data\":\"x\"}, default", "/sse/a, {\"data\":\"x\"}, a",
            "/sse?channel=a, {\"data\":\"x\"}, a", "/sse, `{\"data\":\"x\",\"channel\":\"a\"}`, a",
            "/sse/a?channel=%61, `{\"channel\":\"a\",\"data\":\"x\"}`, a",
            "/sse, `{\"data\":\"x\",\"channel\":null}`, default", "/sse/a+b%2b, {\"data\":\"x\"}, a+b+"})
    void shouldPublishToTheChannelThatIsNamed(String path, String body, String channel) {
        assertThat(server.ask(post(path, JSON, body)).status()).isEqualTo(403);
        assertThat(HOOKS.seen).containsExactly(channel);
    }

    @Test
    void shouldTakeTheChannelFromAForm() {
        assertThat(server.ask(post("/sse", FORM, "data=x&channel=user.42%3Aa")).status()).isEqualTo(403);
        assertThat(HOOKS.seen).containsExactly("user.42:a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"/sse; default", "/sse/a; a", "/sse/a,b%2Cc,*; a b c *",
            "/sse?channel=a&channel=b; a b", "/sse/a?channel=b&channel=a&channel=**; a b **"})
    void shouldSubscribeToTheChannelsThatAreNamed(String path, String channels) {
        assertThat(server.ask(get(path)).status()).isEqualTo(403);
        assertThat(HOOKS.seen).containsExactly(channels.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"/sse/a..b; channel must be a name or pattern: channel=a..b",
            "/sse?channel=; channel must be a name or pattern: channel=",
            "/sse/a,; channel must be a name or pattern: channel=",
            "/sse/%zz; malformed percent code in the path: channel=%zz", "/sse/%ff; path is not UTF-8: channel=%ff",
            "/sse?channel=%ff; query is not UTF-8"})
    void shouldRefuseToSubscribeToWhatIsNoName(String path, String error) {
        HttpClientSocket.Response response = server.ask(get(path));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error\":\"" + error + "\"}");
        assertThat(HOOKS.seen).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"/sse/a..b; channel must be a name: channel=a..b",
            "/sse?channel=a.*; channel must be a name, and no pattern: channel=a.*",
            "/sse/a?channel=b; one channel is expected, and there are two: channel=a channel=b"})
    void shouldRefuseToPublishToWhatIsNoSingleName(String path, String error) {
        HttpClientSocket.Response response = server.ask(post(path, JSON, "{\"data\":\"x\"}"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error\":\"" + error + "\"}");
        assertThat(HOOKS.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse/", "/sse/a/b", "/sse//a", "/a", "/%73se/a"})
    void shouldNotKnowOtherPaths(String path) {
        assertThat(server.ask(get(path)).status()).isEqualTo(404);
        assertThat(server.ask(post(path, JSON, "{\"data\":\"x\"}")).status()).isEqualTo(404);
    }

    @Test
    void shouldRespondToHeadAsToGetButWithoutABody() {
        try (HttpClientSocket client = server.connect()) {
            client.send(request("HEAD", "/sse/a") + request("HEAD", "/sse/a..b") + get("/healthz"));
            assertThat(client.head().header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(client.head().status()).isEqualTo(400);
            assertThat(client.response().body()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Test
    void shouldShowALongNameOnlyInPart() {
        HttpClientSocket.Response response = server.ask(get("/sse/" + "x".repeat(10_000)));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).hasSizeLessThan(300).contains("channel=xxx");
    }

    @Test
    void shouldTakeLongerRequestLinesOnlyWhereChannelsCanBeNamed() {
        String target = "/healthz?" + "x".repeat(20_000);
        assertThat(server.ask(get(target)).status()).isEqualTo(200);
        try (RunningServer plain = new RunningServer()) {
            assertThat(plain.ask(get(target)).status()).isEqualTo(414);
        }
    }

    @Test
    void shouldReadNoNamesWithoutChannels() {
        try (RunningServer plain = new RunningServer(HOOKS)) {
            assertThat(plain.ask(get("/sse/a")).status()).isEqualTo(404);
            assertThat(plain.ask(get("/sse?channel=a..b&envelope=x&since=x&last=x")).status()).isEqualTo(403);
            assertThat(plain.ask(post("/sse?channel=%ff", JSON, "{\"data\":\"x\",\"channel\":[1]}")).status())
                    .isEqualTo(403);
            assertThat(plain.ask(post("/sse", FORM, "data=x&channel=a&channel=")).status()).isEqualTo(403);
        }
        assertThat(HOOKS.seen).containsExactly("default", "default", "default");
    }
}
