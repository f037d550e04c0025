package dev.tinysse.server;

import static dev.tinysse.server.HttpClientSocket.bytes;
import static dev.tinysse.server.HttpClientSocket.get;
import static dev.tinysse.server.HttpClientSocket.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscribeTest {
    /** Tells each subscriber the last event id that it came with, and waits where the path says so. */
    private static final class Echo implements Hooks {
        final Semaphore inside = new Semaphore(0);
        final Semaphore mayReturn = new Semaphore(0);
        final AtomicInteger gone = new AtomicInteger();
        final AtomicInteger asked = new AtomicInteger();

        @Override
        public Set<Hook> defined() {
            return Set.of(Hook.SUBSCRIBE, Hook.CATCHUP, Hook.UNSUBSCRIBE);
        }

        @Override
        public Optional<Subscription> subscribe(Subscription subscription) {
            asked.incrementAndGet();
            return switch (subscription.request().query()) {
                case "refuse" -> Optional.empty();
                case "fail" -> throw new IllegalStateException("a secret of the script");
                case "null" -> null;
                case "wait-and-refuse" -> {
                    waitToReturn();
                    yield Optional.empty();
                }
                case "wait-and-accept" -> {
                    waitToReturn();
                    yield Optional.of(subscription);
                }
                default -> Optional.of(subscription);
            };
        }

        @Override
        public List<Message> catchup(Subscription subscription) {
            if (subscription.request().query().equals("wait")) {
                waitToReturn();
            }
            return List.of(Message.of(subscription.lastEventId().map(id -> "[" + id + "]").orElse("none")));
        }

        @Override
        public void unsubscribe(Subscription subscription) {
            gone.incrementAndGet();
        }

        private void waitToReturn() {
            inside.release();
            mayReturn.acquireUninterruptibly();
        }
    }

    private final Echo hooks = new Echo();

    private String lastEventId(RunningServer server, String request) {
        try (HttpClientSocket client = server.connect().send(request)) {
            assertThat(client.head().status()).isEqualTo(200);
            client.event();
            return client.event().replace("data: ", "").trim();
        }
    }

    @Test
    void shouldSendTheHeadOfAnEventStream() {
        try (RunningServer server = new RunningServer(); HttpClientSocket client = server.connect()) {
            HttpClientSocket.Head head = client.send(get("/sse", "Accept: application/json")).head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(head.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(head.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(head.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(head.header("Date")).isNotEmpty();
            assertThat(client.event()).isEqualTo(": ok\n\n");
        }
    }

    @Test
    void shouldRespondToHeadWithoutAStreamAndWithoutAHook() {
        try (RunningServer server = new RunningServer(hooks); HttpClientSocket client = server.connect()) {
            HttpClientSocket.Head head = client.send(request("HEAD", "/sse") + get("/healthz")).head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(client.response().body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(hooks.asked).hasValue(0);
        }
    }

    @Test
    void shouldHandTheLastEventIdToCatchup() {
        try (RunningServer server = new RunningServer(hooks)) {
            assertThat(lastEventId(server, get("/sse"))).isEqualTo("none");
            assertThat(lastEventId(server, get("/sse", "Last-Event-ID: 7"))).isEqualTo("[7]");
            assertThat(lastEventId(server, get("/sse", "last-event-id:"))).isEqualTo("[]");
            assertThat(lastEventId(server, get("/sse?last_event_id=a%2Fb+c"))).isEqualTo("[a/b c]");
            assertThat(lastEventId(server, get("/sse?last_event_id="))).isEqualTo("none");
            assertThat(lastEventId(server, get("/sse?last_event_id=query", "Last-Event-ID: header")))
                    .isEqualTo("[header]");
            assertThat(lastEventId(server, get("/sse?last_event_id=query", "Last-Event-ID:"))).isEqualTo("[]");
            assertThat(lastEventId(server, get("/sse", bytes("Last-Event-ID: \u20AC\uD83D\uDE00"))))
                    .isEqualTo("[\u20AC\uD83D\uDE00]");
            assertThat(lastEventId(server, get("/sse?last_event_id=query", "Last-Event-ID: \u00FF")))
                    .isEqualTo("[query]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse?last_event_id=a&last_event_id=b", "/sse?last_event_id=&last_event_id=",
            "/sse?last_event_id=%ff"})
    void shouldRefuseALastEventIdThatIsNone(String target) {
        try (RunningServer server = new RunningServer()) {
            HttpClientSocket.Response response = server.ask(get(target));
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).startsWith("{\"error\":");
        }
    }

    @ParameterizedTest
    @CsvSource({"refuse, 403, subscribe rejected by script", "fail, 500, subscribe hook failed",
            "null, 500, subscribe hook failed"})
    void shouldSayWhatTheHookDecides(String query, int status, String words) {
        try (RunningServer server = new RunningServer(hooks, "--max-subscribers=1")) {
            for (int i = 0; i < 3; i++) {
                HttpClientSocket.Response response = server.ask(get("/sse?" + query));
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.body()).isEqualTo("{\"error\":\"" + words + "\"}");
            }
            assertThat(lastEventId(server, get("/sse"))).isEqualTo("none");
        }
    }

    @Test
    void shouldLeaveRoomForOthersWhenAClientGoesBeforeItIsRefused() {
        try (RunningServer server = new RunningServer(hooks, "--max-subscribers=1")) {
            HttpClientSocket client = server.connect().send(get("/sse?wait-and-refuse"));
            hooks.inside.acquireUninterruptibly();
            client.reset();
            hooks.mayReturn.release();
            await().until(() -> server.connect().send(get("/sse")).head().status() == 200);
        }
    }

    @Test
    void shouldSendTheHeadBeforeCatchupHasFinished() {
        try (RunningServer server = new RunningServer(hooks); HttpClientSocket client = server.connect()) {
            client.send(get("/sse?wait"));
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.event()).isEqualTo(": ok\n\n");
            server.publish("{\"data\":\"meanwhile\"}");
            hooks.mayReturn.release();
            assertThat(client.event()).isEqualTo("data: none\n\n");
            assertThat(client.event()).isEqualTo("data: meanwhile\n\n");
        }
    }

    @Test
    void shouldTellTheHookOfAClientThatLeavesDuringCatchup() {
        try (RunningServer server = new RunningServer(hooks)) {
            HttpClientSocket client = server.connect().send(get("/sse?wait"));
            hooks.inside.acquireUninterruptibly();
            client.close();
            hooks.mayReturn.release();
            await().until(() -> hooks.gone.get() == 1);
        }
    }

    @Test
    void shouldEndStreamsAtAStopWithATimeToComeBack() {
        RunningServer server = new RunningServer(hooks, "--drain-timeout=10s");
        try (HttpClientSocket client = server.subscribe()) {
            client.event();
            server.publish("{\"data\":\"last\"}");
            server.stop();
            assertThat(client.event()).isEqualTo("data: last\n\n");
            assertThat(client.event()).matches("retry: [0-9]+\n\n");
            assertThat(client.event()).isEmpty();
            assertThat(client.rest()).isEmpty();
        }
        assertThat(hooks.gone).hasValue(1);
    }

    @Test
    void shouldGiveBackThePlaceOfAStreamThatCannotBeOpened() {
        try (RunningServer server = new RunningServer(hooks, "--max-subscribers=1", "--body-timeout=200ms");
                HttpClientSocket late = server.connect()) {
            late.send(request("GET", "/sse?wait-and-accept", "Content-Length: 14"));
            hooks.inside.acquireUninterruptibly();
            assertThat(late.rest()).startsWith("HTTP/1.1 408 ");
            hooks.mayReturn.release();
            await().until(() -> server.connect().send(get("/sse")).head().status() == 200);
        }
    }

    @Test
    void shouldTellTheHookOnceOfAStreamThatCannotBeOpened() {
        RunningServer server = new RunningServer(hooks, "--body-timeout=200ms");
        try (HttpClientSocket late = server.connect()) {
            late.send(request("GET", "/sse?wait-and-accept", "Content-Length: 14"));
            hooks.inside.acquireUninterruptibly();
            assertThat(late.rest()).startsWith("HTTP/1.1 408 ");
            hooks.mayReturn.release();
            await().untilAtomic(hooks.gone, equalTo(1));
        }
        server.stop();
        assertThat(hooks.gone).hasValue(1);
    }
}
