package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.tck.LogRig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowerTest {
    private static final String OTHER = "other:1:0";

    private NodeRig rig = new NodeRig();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final List<LogGap> gaps = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldHandOnTheRecordsOfOtherNodesInTheirOrder() throws EngineException {
        follow();
        rig.logs(NodeRig.entry(at(2), 0, OTHER, item("1"), item("2")), NodeRig.entry(at(3), at(2), OTHER, item("3")));
        awaitData("1", "2", "3");
        assertThat(records).extracting(LogRecord::position).containsExactly(at(1), at(2), at(3));
        assertThat(records.getFirst().publication().message().id())
                .contains(EventId.of(NodeRig.EPOCH, at(1)).toString());
        assertThat(gaps).isEmpty();
        assertThat(rig.state.followed()).isEqualTo(at(3));
    }

    @Test
    void shouldPutTheMessagesOfSeveralChannelsInTheirOrder() throws EngineException {
        follow();
        rig.logs(List.of(NodeRig.id(5), List.of("g", "0-0", "o", OTHER, "0-7 0 2", NodeRig.part(item("1"), item("3")),
                "0-0 1", NodeRig.part(LogRig.item("b", "2")))));
        awaitData("1", "2", "3");
        assertThat(records).extracting(LogRecord::position).containsExactly(at(3), at(4), at(5));
        assertThat(records).extracting(LogRecord::previous).containsExactly(7L, 0L, at(3));
    }

    @Test
    void shouldReadBehindWhatItHasHandedOn() throws EngineException {
        follow();
        rig.logs(NodeRig.entry(at(1), 0, OTHER, item("1")));
        awaitData("1");
        await().until(() -> rig.redis.received("XREAD").stream()
                .anyMatch(command -> command.texts().contains(NodeRig.id(1))));
    }

    @Test
    void shouldReportRecordsThatRedisHasTrimmed() throws EngineException {
        follow();
        rig.logs(NodeRig.entry(at(1), 0, OTHER, item("1")), NodeRig.entry(at(9), at(7), OTHER, item("2")));
        awaitData("1", "2");
        assertThat(gaps).containsExactly(new LogGap(at(1), at(7), Optional.empty()));
    }

    @Test
    void shouldReportANewEpoch() throws EngineException {
        follow();
        rig.logs(NodeRig.entry(at(1), 0, OTHER, item("1")), NodeRig.epoch(at(5), at(1), "0b0b0b0b"),
                NodeRig.entry(at(6), at(5), OTHER, item("2")));
        awaitData("1", "2");
        assertThat(gaps).containsExactly(new LogGap(at(1), at(5), Optional.of("0b0b0b0b")));
        assertThat(rig.follower.epoch()).isEqualTo("0b0b0b0b");
        assertThat(records.getLast().publication().message().id()).contains(EventId.of("0b0b0b0b", at(6)).toString());
        assertThat(rig.state.epochs().current().name()).isEqualTo("0b0b0b0b");
    }

    @Test
    void shouldReportWhatIsMissingAlsoIfNothingComesAfterIt() throws EngineException {
        Session session = follow();
        session.latest(at(4));
        await().untilAsserted(() -> assertThat(gaps).containsExactly(new LogGap(0, at(4), Optional.empty())));
    }

    @Test
    void shouldReportAnEpochThatBeganBehindNothing() throws EngineException {
        follow();
        await().until(() -> rig.follower.epoch().equals(NodeRig.EPOCH));
        rig.state.epochs(NodeRig.EPOCH + ":0-0 0b0b0b0b:0-0");
        await().untilAsserted(() -> assertThat(gaps).containsExactly(new LogGap(0, 0, Optional.of("0b0b0b0b"))));
    }

    @Test
    void shouldCompleteWhatThisNodeHasAppended() throws Exception {
        rig.redis.always(Script.APPEND.name(), FakeRedis.value(List.of(NodeRig.id(1))));
        follow();
        rig.start(rig.appender);
        Append append = NodeRig.append("1", "2");
        rig.appender.append(append);
        rig.redis.awaitReceived(Script.APPEND.name(), 1);
        rig.logs(NodeRig.entry(at(2), 0, rig.state.instance + ":1:0", item("1"), item("2")));
        assertThat(NodeRig.outcome(append))
                .isEqualTo(new Append.Outcome.Committed(List.of(receipt(at(1)), receipt(at(2)))));
        assertThat(records.getFirst().publication().request())
                .isSameAs(append.items().getFirst().publication().request());
    }

    @Test
    void shouldCompleteABatchThatIsInSeveralEntries() throws Exception {
        rig.redis.always(Script.APPEND.name(), FakeRedis.value(List.of(NodeRig.id(1))));
        follow();
        rig.start(rig.appender);
        String[] data = new String[501];
        Arrays.setAll(data, String::valueOf);
        Append append = NodeRig.append(data);
        rig.appender.append(append);
        rig.redis.awaitReceived(Script.APPEND.name(), 1);
        Append.Item[] items = append.items().toArray(Append.Item[]::new);
        rig.logs(NodeRig.entry(at(500), 0, rig.state.instance + ":1:0", Arrays.copyOf(items, 500)));
        rig.logs(NodeRig.entry(at(501), at(500), rig.state.instance + ":1:1", items[500]));
        assertThat(NodeRig.outcome(append)).isEqualTo(new Append.Outcome.Committed(
                LongStream.rangeClosed(1, 501).mapToObj(i -> receipt(at(i))).toList()));
    }

    @Test
    void shouldHandOnItsOwnRecordsFromRedisIfItDoesNotKnowTheBatchAnyMore() throws EngineException {
        follow();
        rig.logs(NodeRig.entry(at(1), 0, rig.state.instance + ":99:0", item("1")));
        awaitData("1");
    }

    @Test
    void shouldGoOnInAnotherSessionWhereItWas() throws EngineException {
        Session session = follow();
        rig.logs(NodeRig.entry(at(1), 0, OTHER, item("1")));
        awaitData("1");
        rig.redis.hangUpAll();
        await().until(session::isEnded);
        rig.connect();
        rig.logs(NodeRig.entry(at(2), at(1), OTHER, item("2")));
        awaitData("1", "2");
        assertThat(gaps).isEmpty();
    }

    @Test
    void shouldEndASessionWhoseEntriesItCannotRead() throws EngineException {
        Session session = follow();
        rig.logs(List.of("1-1", List.of("x")));
        await().until(session::isEnded);
        assertThat(session.cause()).isEqualTo("reading failed");
        rig.connect();
        rig.logs(NodeRig.entry(at(1), 0, OTHER, item("1")));
        awaitData("1");
    }

    @Test
    void shouldHandOnNothingThatReplicasHaveNotConfirmed() throws EngineException {
        rig.close();
        rig = new NodeRig(1, Duration.ofSeconds(20));
        CountDownLatch confirmed = new CountDownLatch(1);
        rig.redis.then("WAIT", FakeRedis.value(0), FakeRedis.value(0), FakeRedis.after(confirmed, FakeRedis.value(1)));
        follow();
        rig.logs(NodeRig.entry(at(1), 0, OTHER, item("1")));
        rig.redis.awaitReceived("WAIT", 3);
        assertThat(records).isEmpty();
        confirmed.countDown();
        awaitData("1");
    }

    @Test
    void shouldReadAgainWhatWasNotConfirmedWhenTheSessionEnded() throws EngineException {
        rig.close();
        rig = new NodeRig(1, Duration.ofSeconds(20));
        rig.redis.then("WAIT", FakeRedis.hangUp());
        Session session = follow();
        rig.logs(NodeRig.entry(at(1), 0, OTHER, item("lost")));
        await().until(session::isEnded);
        assertThat(records).isEmpty();
        rig.connect();
        rig.logs(NodeRig.entry(at(2), 0, OTHER, item("instead")));
        awaitData("instead");
    }

    @Test
    void shouldBeginBehindWhatReplicasHad() throws Exception {
        rig.close();
        rig = new NodeRig(1, Duration.ofSeconds(20));
        rig.redis.then("WAIT", FakeRedis.value(0));
        Session session = new Session(new Engine(rig.config.address(), rig.config.callTimeout()), rig.redis.host());
        session.latest(at(9));
        session.confirmed(at(5));
        begin(session);
        assertThat(rig.follower.begin().get(20, TimeUnit.SECONDS)).isEqualTo(at(5));
    }

    @Test
    void shouldBeginAtTheEndOfTheLog() throws Exception {
        Session session = new Session(new Engine(rig.config.address(), rig.config.callTimeout()), rig.redis.host());
        session.latest(at(9));
        begin(session);
        assertThat(rig.follower.begin().get(20, TimeUnit.SECONDS)).isEqualTo(at(9));
        rig.logs(NodeRig.entry(at(10), at(9), OTHER, item("1")));
        awaitData("1");
        assertThat(gaps).isEmpty();
    }

    private Session follow() throws EngineException {
        Session session = rig.connect();
        run();
        return session;
    }

    private void begin(Session session) {
        rig.state.epochs(NodeRig.EPOCH + ":0-0");
        rig.link.connected(session, "7.0.15");
        run();
    }

    private void run() {
        rig.follower.follow(new LogFollower() {
            @Override
            public PublishResult.Accepted committed(LogRecord record) {
                records.add(record);
                return receipt(record.position());
            }

            @Override
            public void missed(LogGap gap) {
                gaps.add(gap);
            }
        });
        rig.start(rig.follower);
    }

    private void awaitData(String... data) {
        await().untilAsserted(() -> assertThat(LogRig.data(records)).containsExactly(data));
    }

    private static PublishResult.Accepted receipt(long position) {
        return new PublishResult.Accepted(1, 2, Optional.of(StreamIds.text(position)));
    }

    private static Append.Item item(String data) {
        return LogRig.item("a", data);
    }

    private static long at(long number) {
        return NodeRig.position(number);
    }
}
