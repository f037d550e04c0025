package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.log.Peer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link Nodes} and {@link NodeCalls}. */
class NodesTest {
    private static final String LIMITS = "10,0ms,1048576";

    private final NodeRig rig = new NodeRig();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> gone = new CopyOnWriteArrayList<>();
    private Optional<byte[]> own = Optional.empty();
    private EngineConnection connection;

    @BeforeEach
    void join() throws EngineException {
        connection = rig.connection();
        rig.calls.join(new Peer() {
            @Override
            public Optional<byte[]> state() {
                return own;
            }

            @Override
            public void reported(String node, byte[] state) {
                told.add(node + "=" + new String(state, StandardCharsets.UTF_8));
            }

            @Override
            public void gone(String node, Duration silence) {
                assertThat(silence).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
                gone.add(node);
            }

            @Override
            public byte[] respond(byte[] question) {
                return EngineConnection.bytes("answer to " + new String(question, StandardCharsets.UTF_8));
            }
        });
    }

    @AfterEach
    void close() {
        connection.close();
        rig.close();
    }

    @Test
    void shouldStoreItsStateOnlyIfThatHasChanged() throws EngineException {
        own = Optional.of(EngineConnection.bytes("one"));
        rig.nodes.store(connection, true);
        own = Optional.empty();
        rig.nodes.store(connection, false);
        assertThat(rig.redis.received("SET")).hasSize(1);
        own = Optional.of(EngineConnection.bytes("two"));
        rig.nodes.store(connection, false);
        assertThat(rig.redis.received("SET").getLast().texts()).containsExactly("SET", "{c}:node:" + rig.state.instance,
                "two", "EX", "60");
    }

    @Test
    void shouldStoreItsStateAgainInEachSession() throws EngineException {
        own = Optional.of(EngineConnection.bytes("one"));
        rig.nodes.store(connection, true);
        own = Optional.empty();
        rig.nodes.store(connection, true);
        assertThat(rig.redis.received("SET")).extracting(command -> command.word(2)).containsExactly("one", "one");
    }

    @Test
    void shouldStoreAStateForWhichThereWasNoMemory() throws EngineException {
        own = Optional.of(EngineConnection.bytes("one"));
        rig.redis.then("SET", FakeRedis.error("OOM command not allowed"));
        try {
            rig.nodes.store(connection, true);
        } catch (EngineException e) {
            assertThat(e.kind()).isEqualTo(EngineException.Kind.FULL);
        }
        own = Optional.empty();
        rig.nodes.store(connection, false);
        assertThat(rig.redis.received("SET").getLast().word(2)).isEqualTo("one");
    }

    @Test
    void shouldRaiseTheVersionOfItsStateWithEachChange() throws EngineException {
        String before = text(rig.nodes.arguments().get(1));
        own = Optional.of(EngineConnection.bytes("one"));
        rig.nodes.store(connection, true);
        assertThat(before).isEqualTo("0 " + LIMITS + " node");
        assertThat(text(rig.nodes.arguments().get(1))).isEqualTo("1 " + LIMITS + " node");
        assertThat(text(rig.nodes.arguments().getFirst())).isEqualTo(rig.state.instance);
    }

    @Test
    void shouldReadTheStateOfOtherNodesWhenThatHasChanged() throws EngineException {
        rig.redis.then("GET", FakeRedis.value("first"), FakeRedis.value("second"));
        rig.nodes.told(connection, rows(rig.state.instance, "9", "b", "1"));
        rig.nodes.told(connection, rows("b", "1"));
        rig.nodes.told(connection, rows("b", "2"));
        assertThat(told).containsExactly("b=first", "b=second");
        assertThat(rig.redis.received("GET")).extracting(command -> command.word(1)).containsOnly("{c}:node:b");
        assertThat(rig.nodes.present()).containsExactly("b");
        assertThat(gone).isEmpty();
    }

    @Test
    void shouldNotReportAStateThatIsNotThere() throws EngineException {
        rig.redis.then("GET", FakeRedis.value(null), FakeRedis.value(""));
        rig.nodes.told(connection, rows("b", "1", "d", "1"));
        assertThat(told).isEmpty();
        assertThat(rig.nodes.present()).containsExactlyInAnyOrder("b", "d");
    }

    @Test
    void shouldReportNodesThatAreGoneOnce() throws EngineException {
        rig.redis.always("GET", FakeRedis.value("state"));
        rig.nodes.told(connection, rows("b", "1", "d", "1"));
        rig.nodes.told(connection, rows("d", "1"));
        rig.nodes.told(connection, rows("d", "1"));
        assertThat(gone).containsExactly("b");
        rig.nodes.told(connection, rows("b", "1", "d", "1"));
        assertThat(told).containsExactly("b=state", "d=state", "b=state");
    }

    @Test
    void shouldNotTakeNodesForGoneThatItCouldNotHearOfForAMoment() throws EngineException {
        rig.redis.always("GET", FakeRedis.value("state"));
        rig.nodes.told(connection, rows("b", "1"));
        rig.nodes.unheard();
        assertThat(gone).isEmpty();
        assertThat(rig.nodes.present()).containsExactly("b");
    }

    @Test
    void shouldAnswerOtherNodes() {
        rig.redis.always("XADD", FakeRedis.value("1-1"));
        take("b", "*", "call", "question");
        assertThat(rig.redis.awaitReceived("XADD", 1).texts()).containsExactly("XADD", "{c}:calls", "MAXLEN", "~",
                "1000", "*",
                "f", rig.state.instance, "t", "b", "c", "call", "m", "answer to question");
    }

    @Test
    void shouldNotAnswerItselfNorReadWhatIsForOthers() throws Exception {
        rig.redis.always("XADD", FakeRedis.value("1-1"));
        take(rig.state.instance, "*", "own", "question");
        take("b", "d", "others", "question");
        take("b", "*", "last", "question");
        rig.redis.awaitReceived("XADD", 1);
        assertThat(rig.redis.received("XADD")).extracting(command -> command.word(11)).containsExactly("last");
    }

    @Test
    void shouldHaveTheAnswersOfAllNodesInAnyOrder() throws Exception {
        present("b", "d");
        rig.redis.always("XADD", FakeRedis.value("1-1"));
        CompletableFuture<Collection<byte[]>> answers = ask("question");
        FakeRedis.Command sent = rig.redis.awaitReceived("XADD", 1);
        assertThat(sent.word(9)).isEqualTo("*");
        assertThat(sent.word(13)).isEqualTo("question");
        String call = sent.word(11);
        take("d", rig.state.instance, "an older call", "late");
        take("d", rig.state.instance, call, "from d");
        take("b", rig.state.instance, call, "from b");
        assertThat(answers.get(20, TimeUnit.SECONDS)).extracting(NodesTest::text).containsExactly("from d", "from b");
    }

    @Test
    void shouldLeaveOutAnEmptyAnswer() throws Exception {
        present("b", "d");
        rig.redis.always("XADD", FakeRedis.value("1-1"));
        CompletableFuture<Collection<byte[]>> answers = ask("question");
        String call = rig.redis.awaitReceived("XADD", 1).word(11);
        take("b", rig.state.instance, call, "");
        take("d", rig.state.instance, call, "from d");
        assertThat(answers.get(20, TimeUnit.SECONDS)).extracting(NodesTest::text).containsExactly("from d");
    }

    @Test
    void shouldHaveNoAnswersIfItCannotAsk() throws Exception {
        assertThat(rig.calls.request(EngineConnection.bytes("alone"))).isEmpty();
        present("b");
        rig.redis.always("XADD", FakeRedis.hangUp());
        assertThat(ask("question").get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void shouldReadCallsThatFollowerReads() throws Exception {
        rig.redis.always("XADD", FakeRedis.value("1-1"));
        rig.redis.then("XREVRANGE", FakeRedis.value(List.of(List.of("5-0", List.of()))));
        rig.connect();
        rig.start(rig.follower);
        assertThat(rig.redis.awaitReceived("XREAD", 1).texts()).endsWith("5-0");
        rig.isCalled("6-0", "b", "*", "call", "question");
        assertThat(rig.redis.awaitReceived("XADD", 1).word(11)).isEqualTo("call");
        await().until(() -> rig.redis.received("XREAD").getLast().texts().getLast().equals("6-0"));
    }

    private void present(String... others) throws EngineException {
        rig.redis.always("GET", FakeRedis.value("state"));
        List<String> rows = new ArrayList<>();
        for (String other : others) {
            rows.addAll(List.of(other, "1"));
        }
        rig.nodes.told(connection, rows(rows.toArray(new String[0])));
    }

    private CompletableFuture<Collection<byte[]>> ask(String question) {
        return CompletableFuture.supplyAsync(() -> rig.calls.request(EngineConnection.bytes(question)));
    }

    private void take(String from, String to, String call, String content) {
        rig.calls.take(((List<?>) NodeRig.call("1-0", from, to, call, content).get(1)).stream()
                .map(field -> EngineConnection.bytes((String) field)).toList());
    }

    /** What a heartbeat returns: names and versions of nodes. */
    private static List<byte[]> rows(String... namesAndVersions) {
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < namesAndVersions.length; i += 2) {
            rows.add(EngineConnection.bytes(namesAndVersions[i]));
            rows.add(EngineConnection.bytes(namesAndVersions[i + 1] + " " + LIMITS + " a node"));
        }
        return rows;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
