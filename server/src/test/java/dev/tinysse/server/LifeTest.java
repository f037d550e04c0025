package dev.tinysse.server;

import static dev.tinysse.server.HttpClientSocket.get;
import static dev.tinysse.server.HttpClientSocket.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.eventlog.EventLogs;
import dev.tinysse.server.plugins.Providers;
import dev.tinysse.server.settings.Invocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** From the start of a server to its stop. */
class LifeTest {
    private static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Semaphore inside = new Semaphore(0);
    private final Semaphore mayReturn = new Semaphore(0);

    private final Hooks hooks = new Hooks() {
        @Override
        public void startup() {
            calls.add("startup");
        }

        @Override
        public void tick(long count) {
            calls.add("tick " + count);
            if (count % 2 == 0) {
                throw new HookException("as the test wants it");
            }
        }

        @Override
        public Optional<Publication> publish(Publication publication) {
            if (publication.message().data().get().equals("wait")) {
                inside.release();
                mayReturn.acquireUninterruptibly();
            }
            return Optional.of(publication);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    };

    @Test
    void shouldCallTickAgainAndAgainAfterStartup() {
        try (RunningServer server = new RunningServer(hooks, "--script-tick=10ms")) {
            await().until(() -> calls.contains("tick 3"));
            assertThat(server.port()).isPositive();
            assertThat(calls).startsWith("startup", "tick 1", "tick 2", "tick 3");
        }
    }

    @Test
    void shouldNeverCallTickWithoutAnInterval() {
        try (RunningServer server = new RunningServer(hooks, "--script-tick=0s")) {
            assertThat(server.publish("{\"data\":\"x\"}").status()).isEqualTo(202);
        }
        assertThat(calls).containsExactly("startup", "close");
    }

    @Test
    void shouldCloseTheHooksOnceAllElseIsOver() {
        new RunningServer(hooks, "--script-tick=10ms").close();
        await().until(() -> calls.contains("close"));
        assertThat(calls).containsOnlyOnce("close");
    }

    @Test
    void shouldTurnAwayNewWorkAndFinishWhatHasBegunWhenItStops() throws InterruptedException {
        RunningServer server = new RunningServer(hooks, "--drain-timeout=20s");
        try (HttpClientSocket subscriber = server.subscribe();
                HttpClientSocket publisher = server.connect();
                HttpClientSocket late = server.connect()) {
            publisher.send(post("/sse", "application/json", "{\"data\":\"wait\"}"));
            inside.acquireUninterruptibly();
            Thread stopping = Thread.ofVirtual().start(server::stop);
            await().until(() -> late.send(get("/healthz")).response().status() == 503);
            assertThat(late.send(get("/sse")).response().status()).isEqualTo(503);
            assertThat(late.send(get("/sse", "Accept: text/event-stream")).head().status()).isEqualTo(200);
            assertThat(late.event()).matches(": stopping\nretry: \\d{4}\n\n");
            assertThat(late.event()).isEmpty();
            HttpClientSocket.Response refused = late.send(post("/sse", "application/json", "{\"data\":\"x\"}"))
                    .response();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            mayReturn.release();
            assertThat(publisher.response().status()).isEqualTo(202);
            assertThat(subscriber.event()).isEqualTo("data: wait\n\n");
            assertThat(subscriber.event()).startsWith("retry: ");
            assertThat(subscriber.event()).isEmpty();
            stopping.join();
        }
    }

    @Test
    void shouldNotStartOnAPortThatIsTaken() {
        try (RunningServer server = new RunningServer()) {
            String listen = "127.0.0.1:" + server.port();
            assertThatThrownBy(
                    () -> Server.load(RunningServer.serve("--listen=" + listen), Providers.of(List.of()),
                            RunningServer.NOTHING).start())
                    .isInstanceOf(StartException.class).hasMessageContaining(listen);
        }
    }

    @Test
    void shouldCloseTheLogWhenItCannotListen() throws StartException {
        EventLog log = EventLogs.open(RunningServer.settings());
        try (RunningServer other = new RunningServer()) {
            Invocation.Serve serve = RunningServer.serve("--listen=127.0.0.1:" + other.port());
            Server server = new Server(serve, Optional.empty(), HookCalls.none(), log, RunningServer.NOTHING);
            assertThatThrownBy(server::start).isInstanceOf(StartException.class);
        }
        assertClosed(log);
    }

    @Test
    void shouldCloseTheLogWhenItCannotBePutTogether() throws StartException {
        EventLog log = EventLogs.open(RunningServer.settings());
        Invocation.Serve serve = RunningServer.serve("--serve-static-dir=/nowhere");
        assertThatThrownBy(() -> new Server(serve, Optional.empty(), HookCalls.none(), log, RunningServer.NOTHING))
                .isInstanceOf(StartException.class);
        assertClosed(log);
    }

    @Test
    void shouldCloseTheLogWhenStartupFails() throws StartException {
        EventLog log = EventLogs.open(RunningServer.settings());
        Server server = new Server(RunningServer.serve(), Optional.empty(), new HookCalls(new Hooks() {
            @Override
            public void startup() {
                throw new HookException("as the test wants it");
            }
        }), log, RunningServer.NOTHING);
        assertThatThrownBy(server::start).hasMessage("as the test wants it");
        assertClosed(log);
    }

    private static void assertClosed(EventLog log) {
        Append append = new Append(
                List.of(new Append.Item(Publication.of(REQUEST, Message.of("late")), Optional.empty())));
        log.append(append);
        assertThat(append.outcome()).isCompletedExceptionally();
    }
}
