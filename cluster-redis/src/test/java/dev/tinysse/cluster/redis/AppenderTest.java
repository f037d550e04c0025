package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogException.Kind;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.tck.LogRig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppenderTest {
    private static final String APPEND = Script.APPEND.name();
    private static final PublishResult.Accepted RECEIPT = new PublishResult.Accepted(1, 2, Optional.empty());

    private NodeRig rig = new NodeRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldSendWhatRedisHasToKnow() throws Exception {
        rig.connect();
        rig.start(rig.appender);
        rig.redis.always(APPEND, appendedAt(1));
        rig.state.followed(NodeRig.position(0));
        append("x");
        List<String> words = rig.redis.awaitReceived(APPEND, 1).texts();
        assertThat(words.subList(2, 11)).containsExactly("8", "{c}:state", "{c}:log", "{c}:channels", "{c}:oldest",
                "{c}:responses", "{c}:response-ages", "{c}:batch:" + rig.state.instance, "{c}:channel:a");
        assertThat(words.get(11)).isEqualTo("1");
        assertThat(words.get(12)).isEqualTo(String.valueOf(rig.clock.millis()));
        assertThat(words.subList(14, 20)).containsExactly(NodeRig.EPOCH + ":0-0", NodeRig.id(0), "10", "1048576",
                "{c}:channel:", rig.state.instance);
    }

    @Test
    void shouldCommitWhatRedisHasAppendedAndThisNodeHasRead() throws Exception {
        rig.connect();
        rig.start(rig.appender);
        rig.redis.always(APPEND, appendedAt(2));
        Append append = append("x", "y");
        rig.redis.awaitReceived(APPEND, 1);
        Pending pending = rig.appender.sent(1).orElseThrow().requests().getFirst();
        pending.followed(0, RECEIPT);
        pending.followed(1, RECEIPT);
        assertThat(NodeRig.outcome(append)).isEqualTo(new Append.Outcome.Committed(List.of(RECEIPT, RECEIPT)));
        assertThat(rig.state.acknowledged()).isEqualTo(NodeRig.position(2));
    }

    @Test
    void shouldSendTogetherWhatHasArrivedMeanwhile() throws Exception {
        rig.connect();
        CountDownLatch answer = new CountDownLatch(1);
        rig.redis.always(APPEND, appendedAt(1));
        rig.redis.then(APPEND, FakeRedis.after(answer, appendedAt(1)));
        rig.start(rig.appender);
        append("1");
        rig.redis.awaitReceived(APPEND, 1);
        append("2");
        append("3");
        answer.countDown();
        rig.redis.awaitReceived(APPEND, 2);
        assertThat(rig.appender.sent(2).orElseThrow().requests()).extracting(pending -> pending.append().items().size())
                .containsExactly(1, 1);
        assertThat(rig.redis.received(APPEND).get(1).word(11)).isEqualTo("2");
    }

    @Test
    void shouldSendNoMoreThanAPartOfVeryManyAtOnce() throws Exception {
        rig.connect();
        rig.redis.always(APPEND, appendedAt(1));
        for (int i = 0; i < 501; i++) {
            append("x");
        }
        rig.start(rig.appender);
        rig.redis.awaitReceived(APPEND, 2);
        assertThat(rig.appender.sent(1).orElseThrow().publications()).isEqualTo(500);
        assertThat(rig.appender.sent(2).orElseThrow().publications()).isEqualTo(1);
    }

    @Test
    void shouldSendNoMoreThanAFewLargeMessagesAtOnce() throws Exception {
        rig.connect();
        rig.redis.always(APPEND, appendedAt(1));
        for (int i = 0; i < 3; i++) {
            append("x".repeat(300_000));
        }
        rig.start(rig.appender);
        rig.redis.awaitReceived(APPEND, 2);
        assertThat(rig.appender.sent(1).orElseThrow().publications()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang up", "cut", "READONLY You can't write against a read only replica.",
            "LOADING Redis is loading the dataset in memory", "MASTERDOWN Link with MASTER is down", "CLUSTERDOWN",
            "UNBLOCKED force unblock"})
    void shouldSendABatchAgainWithItsNumber(String failure) throws Exception {
        Session session = rig.connect();
        rig.redis.then(APPEND, switch (failure) {
            case "hang up" -> FakeRedis.hangUp();
            case "cut" -> FakeRedis.cut(List.of(NodeRig.id(1)), 7);
            default -> FakeRedis.error(failure);
        }, appendedAt(1));
        rig.start(rig.appender);
        Append append = append("x");
        await().until(session::isEnded);
        assertThat(append.outcome()).isNotDone();
        rig.connect();
        rig.redis.awaitReceived(APPEND, 2);
        follow(1);
        assertThat(NodeRig.outcome(append)).isEqualTo(new Append.Outcome.Committed(List.of(RECEIPT)));
        assertThat(rig.redis.received(APPEND)).extracting(command -> command.word(11)).containsExactly("1", "1");
    }

    @Test
    void shouldSendABatchAgainAfterRedisWasSilent() throws Exception {
        rig.close();
        rig = new NodeRig(0, Duration.ofSeconds(1));
        Session session = rig.connect();
        rig.redis.then(APPEND, rig.redis.stall(), appendedAt(1));
        rig.start(rig.appender);
        append("x");
        await().until(session::isEnded);
        assertThat(session.isSilent()).isTrue();
        rig.connect();
        assertThat(rig.redis.awaitReceived(APPEND, 2).word(11)).isEqualTo("1");
    }

    @Test
    void shouldRefuseWhatComesAfterALostConnectionButNotWhatWasSent() throws Exception {
        rig.connect();
        rig.redis.then(APPEND, FakeRedis.hangUp());
        CountDownLatch gone = new CountDownLatch(1);
        rig.redis.then(APPEND, FakeRedis.after(gone, FakeRedis.hangUp()));
        rig.start(rig.appender);
        Append sent = append("1");
        await().until(() -> rig.link.current().isEmpty());
        Append refused = append("2");
        assertThat(NodeRig.failure(refused).kind()).isEqualTo(Kind.DISCONNECTED);
        assertThat(sent.outcome()).isNotDone();
        gone.countDown();
    }

    @Test
    void shouldRefuseWithoutASession() throws Exception {
        assertThat(NodeRig.failure(append("x")).kind()).isEqualTo(Kind.DISCONNECTED);
    }

    @Test
    void shouldRefuseWhenVeryManyAreWaiting() throws Exception {
        rig.connect();
        List<Append> waiting = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            waiting.add(append("x"));
        }
        assertThat(NodeRig.failure(append("x")).kind()).isEqualTo(Kind.DISCONNECTED);
        assertThat(waiting).allMatch(append -> !append.outcome().isDone());
        rig.appender.giveUp();
        assertThat(NodeRig.failure(waiting.getLast()).kind()).isEqualTo(Kind.DISCONNECTED);
        assertThat(append("x").outcome()).isNotDone();
    }

    @Test
    void shouldRefuseWhenItIsClosed() throws Exception {
        rig.connect();
        rig.appender.close();
        assertThat(NodeRig.failure(append("x")).kind()).isEqualTo(Kind.FAILED);
    }

    @Test
    void shouldSendWhatIsInTheQueueWhenItIsClosed() throws Exception {
        rig.connect();
        rig.redis.always(APPEND, appendedAt(1));
        Append append = append("x");
        rig.appender.close();
        rig.start(rig.appender);
        rig.redis.awaitReceived(APPEND, 1);
        follow(1);
        assertThat(NodeRig.outcome(append)).isInstanceOf(Append.Outcome.Committed.class);
    }

    @Test
    void shouldNotKnowTheOutcomeOfWhatWasSentWhenTheServerStops() throws Exception {
        rig.connect();
        rig.redis.always(APPEND, rig.redis.stall());
        rig.start(rig.appender);
        Append append = append("x");
        rig.redis.awaitReceived(APPEND, 1);
        rig.appender.giveUp();
        assertThat(NodeRig.failure(append).kind()).isEqualTo(Kind.UNCERTAIN);
    }

    @ParameterizedTest
    @CsvSource({"OOM command not allowed when used memory > 'maxmemory'., FULL", "ERR wrong number, DISCONNECTED",
            "NOPERM no permissions, DISCONNECTED"})
    void shouldTellWhyRedisHasAppendedNothing(String error, Kind kind) throws Exception {
        Session session = rig.connect();
        rig.redis.always(APPEND, FakeRedis.error(error));
        rig.start(rig.appender);
        assertThat(NodeRig.failure(append("x")).kind()).isEqualTo(kind);
        assertThat(session.isEnded()).isFalse();
    }

    @Test
    void shouldNotClaimThatNothingWasAppendedIfAnEarlierAttemptMayHaveBeen() throws Exception {
        Session session = rig.connect();
        rig.redis.then(APPEND, FakeRedis.hangUp(), FakeRedis.error("BUSY Redis is busy running a script."));
        rig.start(rig.appender);
        Append append = append("x");
        await().until(session::isEnded);
        rig.connect();
        assertThat(NodeRig.failure(append).kind()).isEqualTo(Kind.UNCERTAIN);
    }

    @Test
    void shouldCompleteRequestsWhoseKeysHaveBeenUsed() throws Exception {
        rig.connect();
        PublishKey key = LogRig.key("a", "key", "digest");
        Append first = LogRig.once(key, LogRig.item("a", "1"));
        ResponseTemplate stored = ResponseTemplate.of(first, true);
        rig.redis.always(APPEND, FakeRedis.value(List.of(NodeRig.id(5),
                List.of("c", List.of(NodeRig.id(1), stored.mark(), stored.results()), "k"))));
        Append appended = append("0");
        rig.appender.append(first);
        Append reused = LogRig.once(key, LogRig.item("a", "2"));
        rig.appender.append(reused);
        rig.start(rig.appender);
        assertThat(NodeRig.outcome(first)).isEqualTo(
                LogRig.repeated(EventId.of(NodeRig.EPOCH, NodeRig.position(1)).toString()));
        assertThat(NodeRig.outcome(reused)).isEqualTo(new Append.Outcome.KeyReused());
        follow(1);
        assertThat(NodeRig.outcome(appended)).isInstanceOf(Append.Outcome.Committed.class);
        assertThat(rig.state.acknowledged()).isEqualTo(NodeRig.position(5));
    }

    @Test
    void shouldNotConfirmWhatReplicasHaveNotConfirmed() throws Exception {
        rig.close();
        rig = new NodeRig(2, Duration.ofSeconds(20));
        rig.connect();
        rig.redis.always(APPEND, appendedAt(1));
        rig.redis.then("WAIT", FakeRedis.value(1), FakeRedis.value(2));
        rig.start(rig.appender);
        assertThat(NodeRig.failure(append("x")).kind()).isEqualTo(Kind.UNCERTAIN);
        Append append = append("y");
        rig.redis.awaitReceived("WAIT", 2);
        follow(2);
        assertThat(NodeRig.outcome(append)).isInstanceOf(Append.Outcome.Committed.class);
    }

    @Test
    void shouldSendABatchAgainWhoseConfirmationIsLost() throws Exception {
        rig.close();
        rig = new NodeRig(2, Duration.ofSeconds(20));
        Session session = rig.connect();
        rig.redis.always(APPEND, appendedAt(1));
        rig.redis.then("WAIT", FakeRedis.hangUp());
        rig.start(rig.appender);
        append("x");
        await().until(session::isEnded);
        rig.connect();
        assertThat(rig.redis.awaitReceived(APPEND, 2).word(11)).isEqualTo("1");
    }

    @Test
    void shouldGoOnAfterAReplyThatMakesNoSense() throws Exception {
        rig.connect();
        rig.redis.always(APPEND, appendedAt(1));
        rig.redis.then(APPEND, FakeRedis.value(7));
        rig.start(rig.appender);
        append("x");
        rig.redis.awaitReceived(APPEND, 1);
        Append next = append("y");
        rig.redis.awaitReceived(APPEND, 2);
        follow(rig.appender.sent(3).isPresent() ? 3 : 2);
        assertThat(NodeRig.outcome(next)).isInstanceOf(Append.Outcome.Committed.class);
    }

    @Test
    void shouldFindTheResponseOfAKey() throws Exception {
        rig.state.epochs(NodeRig.EPOCH + ":0-0");
        PublishKey key = LogRig.key("a", "key", "digest");
        ResponseTemplate stored = ResponseTemplate.of(LogRig.once(key, LogRig.item("a", "1")), true);
        rig.redis.then(Script.FIND_RESPONSE.name(), FakeRedis.value(null), FakeRedis.value("other"),
                FakeRedis.value(List.of(NodeRig.id(3), stored.mark(), stored.results())));
        try (EngineConnection connection = rig.connection()) {
            assertThat(rig.appender.find(connection, key)).isEmpty();
            assertThat(rig.appender.find(connection, key)).contains(new Append.Outcome.KeyReused());
            assertThat(rig.appender.find(connection, key)).hasValueSatisfying(
                    outcome -> assertThat(((Append.Outcome.Repeated) outcome).results()).containsExactly(
                            new PublishResult.Accepted(3, 4,
                                    Optional.of(EventId.of(NodeRig.EPOCH, NodeRig.position(3)).toString()))));
        }
        assertThat(rig.redis.received(Script.FIND_RESPONSE.name()).getFirst().texts()).endsWith(key.name(), "digest",
                "0");
    }

    private Append append(String... data) {
        Append append = NodeRig.append(data);
        rig.appender.append(append);
        return append;
    }

    /** This node reads what it has appended. */
    private void follow(long batch) {
        await().until(() -> rig.appender.sent(batch).isPresent());
        rig.appender.sent(batch).orElseThrow().requests().forEach(pending -> {
            for (int i = 0; i < pending.append().items().size(); i++) {
                pending.followed(i, RECEIPT);
            }
        });
    }

    private static FakeRedis.Reply appendedAt(long number) {
        return FakeRedis.value(List.of(NodeRig.id(number).getBytes(StandardCharsets.UTF_8)));
    }
}
