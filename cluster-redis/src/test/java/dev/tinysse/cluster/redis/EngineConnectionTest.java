package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.tinysse.cluster.redis.EngineException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;

class EngineConnectionTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeRedis redis = new FakeRedis();

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldReturnReplies() throws EngineException {
        redis.then("GET", FakeRedis.value("x"), FakeRedis.value(null), FakeRedis.value(List.of(7L, "y")));
        try (EngineConnection connection = connect(LONG)) {
            assertThat(EngineConnection.text(connection.call(Protocol.Command.GET, "k"))).isEqualTo("x");
            assertThat(connection.call(Protocol.Command.GET, "k")).isNull();
            assertThat(((List<?>) connection.call(Protocol.Command.GET, "k")).getFirst()).isEqualTo(7L);
        }
        assertThat(redis.received("GET").getFirst().texts()).containsExactly("GET", "k");
    }

    @Test
    void shouldLogInAndChooseTheDatabaseFirst() throws EngineException {
        redis.always("AUTH", FakeRedis.status("OK")).always("SELECT", FakeRedis.status("OK"));
        try (EngineConnection connection = new EngineConnection(redis.host(), secret(), true, LONG)) {
            connection.call(Protocol.Command.PING);
        }
        assertThat(redis.received("AUTH").getFirst().texts()).containsExactly("AUTH", "user", "word");
        assertThat(redis.received("SELECT").getFirst().texts()).containsExactly("SELECT", "3");
    }

    @Test
    void shouldNotLogInToAServerThatNeedsNoLogin() throws EngineException {
        try (EngineConnection connection = new EngineConnection(redis.host(), secret(), false, LONG)) {
            connection.call(Protocol.Command.PING);
        }
        assertThat(redis.received("AUTH")).isEmpty();
        assertThat(redis.received("SELECT")).isEmpty();
    }

    @Test
    void shouldNameARejectedLogin() {
        redis.always("AUTH", FakeRedis.error("WRONGPASS invalid username-password pair"));
        assertThat(failure(() -> new EngineConnection(redis.host(), secret(), true, LONG)).kind())
                .isEqualTo(Kind.LOGIN);
    }

    @ParameterizedTest
    @CsvSource({"NOAUTH Authentication required., LOGIN", "NOPERM this user has no permissions, LOGIN",
            "ERR invalid password, LOGIN", "OOM command not allowed when used memory > 'maxmemory'., FULL",
            "ERR Error running script: -OOM command not allowed, FULL", "ERR unknown command, REPLY",
            "LOADING Redis is loading the dataset in memory, REPLY", "MOVED 1 10.0.0.1:7000, REPLY"})
    void shouldTellWhatAnErrorMeans(String error, Kind kind) throws EngineException {
        redis.always("GET", FakeRedis.error(error));
        try (EngineConnection connection = connect(LONG)) {
            assertThat(failure(() -> connection.call(Protocol.Command.GET, "k")).kind()).isEqualTo(kind);
        }
    }

    @Test
    void shouldBeUsableAfterAnError() throws EngineException {
        redis.then("GET", FakeRedis.error("ERR no"), FakeRedis.value("x"));
        try (EngineConnection connection = connect(LONG)) {
            failure(() -> connection.call(Protocol.Command.GET, "k"));
            assertThat(EngineConnection.text(connection.call(Protocol.Command.GET, "k"))).isEqualTo("x");
        }
    }

    @Test
    void shouldTellWhereTheKeysHaveMoved() throws EngineException {
        redis.always("GET", FakeRedis.error("MOVED 1 10.0.0.1:7000"));
        try (EngineConnection connection = connect(LONG)) {
            assertThat(failure(() -> connection.call(Protocol.Command.GET, "k")).movedTo())
                    .contains(new HostAndPort("10.0.0.1", 7000));
        }
    }

    @Test
    void shouldWaitNoLongerThanTheTimeLimit() throws EngineException {
        redis.always("GET", redis.stall());
        try (EngineConnection connection = connect(SHORT)) {
            EngineException failure = failure(() -> connection.call(Protocol.Command.GET, "k"));
            assertThat(failure.kind()).isEqualTo(Kind.SILENT);
            assertThat(failure).hasMessage(redis.host() + " does not answer");
        }
    }

    @Test
    void shouldWaitLongerWhereThatIsWanted() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        redis.always("GET", FakeRedis.after(answer, FakeRedis.value("late")));
        try (EngineConnection connection = connect(Duration.ofSeconds(1))) {
            connection.timeout(LONG);
            CompletableFuture<Object> reply = call(connection);
            redis.awaitReceived("GET", 1);
            answer.countDown();
            assertThat(EngineConnection.text(reply.get(20, TimeUnit.SECONDS))).isEqualTo("late");
        }
    }

    @Test
    void shouldNoticeAConnectionThatIsClosed() throws EngineException {
        redis.always("GET", FakeRedis.hangUp());
        try (EngineConnection connection = connect(LONG)) {
            assertThat(failure(() -> connection.call(Protocol.Command.GET, "k")).kind()).isEqualTo(Kind.LOST);
        }
    }

    @Test
    void shouldNotTakeAPartOfAReplyForTheReply() throws EngineException {
        redis.always("GET", FakeRedis.cut(List.of("abc", "defghi"), 16));
        try (EngineConnection connection = connect(LONG)) {
            EngineException failure = failure(() -> connection.call(Protocol.Command.GET, "k"));
            assertThat(failure.kind()).isEqualTo(Kind.LOST);
            assertThat(failure.getMessage()).startsWith(redis.host() + ": ");
        }
    }

    @Test
    void shouldRejectAReplyThatIsNotOfRedis() throws EngineException {
        redis.always("GET", FakeRedis.raw("HTTP/1.1 400 Bad Request\r\n\r\n"));
        try (EngineConnection connection = connect(LONG)) {
            assertThat(failure(() -> connection.call(Protocol.Command.GET, "k")).kind()).isEqualTo(Kind.LOST);
        }
    }

    @Test
    void shouldEndACallWhenAnotherThreadClosesIt() throws Exception {
        redis.always("GET", redis.stall());
        EngineConnection connection = connect(LONG);
        CompletableFuture<Object> reply = call(connection);
        redis.awaitReceived("GET", 1);
        connection.close();
        await().until(reply::isCompletedExceptionally);
    }

    @Test
    void shouldNotConnectAgainWithoutTheLogin() throws EngineException {
        redis.then("GET", FakeRedis.hangUp(), FakeRedis.value("x"));
        try (EngineConnection connection = connect(LONG)) {
            failure(() -> connection.call(Protocol.Command.GET, "k"));
            assertThat(failure(() -> connection.call(Protocol.Command.GET, "k")).kind()).isEqualTo(Kind.LOST);
        }
        assertThat(redis.connections()).isEqualTo(1);
    }

    @Test
    void shouldNotConnectAgainWhenItIsClosed() throws EngineException {
        EngineConnection connection = connect(LONG);
        connection.call(Protocol.Command.PING);
        connection.close();
        assertThat(failure(() -> connection.call(Protocol.Command.PING)).kind()).isEqualTo(Kind.LOST);
        assertThat(redis.connections()).isEqualTo(1);
    }

    @Test
    void shouldNameAServerThatIsNotThere() throws IOException {
        try (Socket bound = new Socket()) { // it has a port, so that nobody else gets it, and does not listen
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            HostAndPort host = new HostAndPort(redis.host().getHost(), bound.getLocalPort());
            EngineException failure = failure(() -> new EngineConnection(host, NodeRig.address(redis), true, LONG));
            assertThat(failure.kind()).isEqualTo(Kind.LOST);
            assertThat(failure.getMessage()).startsWith(host.toString()).contains("refused");
        }
    }

    @Test
    void shouldSendTheTextOfAScriptOnlyIfRedisDoesNotKnowIt() throws EngineException {
        redis.then("FIND", FakeRedis.error("NOSCRIPT No matching script."), FakeRedis.value("known"));
        redis.always("EVAL FIND", FakeRedis.value("sent"));
        try (EngineConnection connection = connect(LONG)) {
            assertThat(EngineConnection.text(run(connection))).isEqualTo("sent");
            assertThat(EngineConnection.text(run(connection))).isEqualTo("known");
        }
        FakeRedis.Command sent = redis.received("EVAL FIND").getFirst();
        assertThat(sent.texts().subList(2, 5)).containsExactly("1", "key", "argument");
        assertThat(redis.received("EVAL FIND")).hasSize(1);
    }

    @Test
    void shouldNotSendTheTextOfAScriptThatFails() throws EngineException {
        redis.always("FIND", FakeRedis.error("OOM command not allowed"));
        try (EngineConnection connection = connect(LONG)) {
            assertThat(failure(() -> run(connection)).kind()).isEqualTo(Kind.FULL);
        }
        assertThat(redis.received("EVAL FIND")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"LOGIN, any, true", "UNFIT, any, true", "REPLY, ERR unknown command, true",
            "REPLY, ERR max number of clients reached, false", "REPLY, LOADING, false", "LOST, ERR, false"})
    void shouldTellWhetherAnOperatorHasToChangeSomething(Kind kind, String message, boolean unfit) {
        assertThat(new EngineException(kind, message).isUnfit()).isEqualTo(unfit);
    }

    private EngineConnection connect(Duration timeout) throws EngineException {
        return new EngineConnection(redis.host(), NodeRig.address(redis), true, timeout);
    }

    private EngineAddress secret() {
        return new EngineAddress(List.of(redis.host()), Optional.empty(), Optional.of("user"), Optional.of("word"), 3,
                false);
    }

    private static Object run(EngineConnection connection) throws EngineException {
        return connection.run(Script.FIND, List.of(EngineConnection.bytes("key")),
                List.of(EngineConnection.bytes("argument")));
    }

    private static CompletableFuture<Object> call(EngineConnection connection) {
        CompletableFuture<Object> reply = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                reply.complete(connection.call(Protocol.Command.GET, "k"));
            } catch (EngineException e) {
                reply.completeExceptionally(e);
            }
        });
        return reply;
    }

    private static EngineException failure(ThrowingCallable call) {
        return catchThrowableOfType(EngineException.class, call);
    }
}
