package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.api.Message;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelHistory;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.HistoryTotal;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.tck.LogRig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link HistoryReader} and {@link ChannelCursor}. */
class HistoryReaderTest {
    private static final ChannelSet A = ChannelSet.of(List.of("a"));
    private static final ChannelSet ALL = ChannelSet.of(List.of("*"));

    private final NodeRig rig = new NodeRig();
    private final HistoryReader reader = new HistoryReader(rig.state, rig.keys, rig.config.limits());
    private EngineConnection connection;

    @BeforeEach
    void connect() throws EngineException {
        rig.redis.always("HMGET", FakeRedis.value(List.of("0-0 9 9 0-0 9", "0-0 9 9 0-0 9")));
        connection = rig.connection();
    }

    @AfterEach
    void close() {
        connection.close();
        rig.close();
    }

    @Test
    void shouldReadAChannelBehindAPosition() throws EngineException {
        rig.redis.then("XRANGE", entries(3, 4));
        LogPage page = reader.read(connection, range(A, at(2), at(9), 10, 1 << 20), NodeRig.EPOCH);
        assertThat(LogRig.data(page.records())).containsExactly("3", "4");
        assertThat(page.complete()).isTrue();
        assertThat(page.records().getFirst().publication().message().id())
                .contains(EventId.of(NodeRig.EPOCH, at(3)).toString());
        assertThat(rig.redis.received("XRANGE").getFirst().texts()).containsExactly("XRANGE", "{c}:channel:a",
                NodeRig.id(3), "+", "COUNT", "11");
    }

    @Test
    void shouldReadToTheEndOfAChannel() throws EngineException {
        rig.redis.then("XRANGE", entries());
        assertThat(reader.read(connection, range(A, 0, Long.MAX_VALUE, 10, 1), "").complete()).isTrue();
        assertThat(rig.redis.received("XRANGE").getFirst().texts()).contains("0-1", "+");
    }

    @Test
    void shouldTellThatThereIsMoreThanAPage() throws EngineException {
        rig.redis.then("XRANGE", entries(1, 2, 3), entries());
        LogPage page = reader.read(connection, range(A, 0, Long.MAX_VALUE, 2, 1 << 20), NodeRig.EPOCH);
        assertThat(LogRig.data(page.records())).containsExactly("1", "2");
        assertThat(page.complete()).isFalse();
    }

    @Test
    void shouldFetchALongPageInSteps() throws EngineException {
        long[] first = new long[16];
        for (int i = 0; i < first.length; i++) {
            first[i] = i + 1L;
        }
        rig.redis.then("XRANGE", entries(first), entries(17));
        LogPage page = reader.read(connection, range(A, 0, Long.MAX_VALUE, 1000, 1 << 20), NodeRig.EPOCH);
        assertThat(page.records()).hasSize(17);
        assertThat(page.complete()).isTrue();
        assertThat(rig.redis.received("XRANGE").get(1).word(2)).isEqualTo(NodeRig.id(17));
    }

    @Test
    void shouldMergeChannelsInTheOrderOfPositions() throws EngineException {
        rig.redis.always("HGET", FakeRedis.value(NodeRig.id(7)));
        rig.redis.then("XRANGE", entries(1, 4, 8), entries(2, 3));
        LogPage page = reader.read(connection, range(ChannelSet.of(List.of("a", "b")), 0, Long.MAX_VALUE, 10, 1 << 20),
                NodeRig.EPOCH);
        assertThat(LogRig.data(page.records())).containsExactly("1", "2", "3", "4");
    }

    @Test
    void shouldReadOnlyMatchingChannelsThatHaveSomethingNew() throws EngineException {
        rig.redis.always("HGET", FakeRedis.value(NodeRig.id(9)));
        rig.redis.always("HGETALL", FakeRedis.value(
                List.of("a", NodeRig.id(5) + " 1 2", "b", NodeRig.id(2) + " 1 2", "c.d", NodeRig.id(5) + " 1 2")));
        rig.redis.then("XRANGE", entries(5));
        LogPage page = reader.read(connection, range(ALL, at(2), Long.MAX_VALUE, 10, 1 << 20), NodeRig.EPOCH);
        assertThat(LogRig.data(page.records())).containsExactly("5");
        assertThat(rig.redis.received("XRANGE")).extracting(command -> command.word(1))
                .containsExactly("{c}:channel:a");
    }

    @Test
    void shouldNotReadRecordsThatAreTooOld() throws EngineException {
        HistoryReader aged = new HistoryReader(rig.state, rig.keys,
                new LogConfig(10, Duration.ofMinutes(1), 1 << 20, rig.clock));
        rig.redis.then("XRANGE", entries());
        aged.read(connection, range(A, 0, Long.MAX_VALUE, 10, 1), NodeRig.EPOCH);
        assertThat(rig.redis.received("XRANGE").getFirst().word(2)).isEqualTo((rig.clock.millis() - 60_000) + "-0");
    }

    @Test
    void shouldFailInTheMiddleOfAPage() {
        rig.redis.then("XRANGE", FakeRedis.cut(List.of(NodeRig.id(1), "x".repeat(100)), 60));
        assertThatThrownBy(() -> reader.read(connection, range(A, 0, Long.MAX_VALUE, 10, 1), NodeRig.EPOCH))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void shouldFindTheFirstMessageWithAnId() throws EngineException {
        rig.redis.then("FIND", FakeRedis.value(List.of(NodeRig.id(9), "")),
                FakeRedis.value(List.of(NodeRig.id(4), "")));
        assertThat(reader.find(connection, ChannelSet.of(List.of("a", "b")), "id")).isEqualTo(OptionalLong.of(at(4)));
        assertThat(rig.redis.received("FIND").get(1).texts()).endsWith("0-0", NodeRig.id(8), "64", "id");
    }

    @Test
    void shouldLookForAnIdInSteps() throws EngineException {
        rig.redis.then("FIND", FakeRedis.value(List.of("", NodeRig.id(20))), FakeRedis.value(List.of("", "")));
        assertThat(reader.find(connection, A, "id")).isEmpty();
        assertThat(rig.redis.received("FIND").get(1).word(9)).isEqualTo(NodeRig.id(21));
    }

    @Test
    void shouldTellWhereTheLastMessagesBegin() throws EngineException {
        rig.redis.then("NEWEST", FakeRedis.value(List.of(NodeRig.id(9), NodeRig.id(7))),
                FakeRedis.value(List.of(NodeRig.id(8), NodeRig.id(2))));
        assertThat(reader.startOfLast(connection, ChannelSet.of(List.of("a", "b")), 2)).isEqualTo(at(8) - 1);
    }

    @Test
    void shouldBeginAtTheBeginningIfThereAreFewerMessages() throws EngineException {
        rig.redis.then("NEWEST", FakeRedis.value(List.of(NodeRig.id(9))));
        assertThat(reader.startOfLast(connection, A, 2)).isZero();
    }

    @Test
    void shouldAskOnlyForMessagesNewerThanThoseThatItHas() throws EngineException {
        rig.redis.then("NEWEST", FakeRedis.value(List.of(NodeRig.id(9), NodeRig.id(8), NodeRig.id(7))),
                FakeRedis.value(List.of()));
        reader.startOfLast(connection, ChannelSet.of(List.of("a", "b")), 1);
        assertThat(rig.redis.received("NEWEST").get(1).texts()).endsWith(NodeRig.id(9), "1");
    }

    @Test
    void shouldTellWhichChannelsHaveDroppedSomething() throws EngineException {
        rig.redis.then("DROPPED", FakeRedis.value(List.of(NodeRig.id(6), 0, "", 1)));
        assertThat(reader.dropped(connection, ChannelSet.of(List.of("a", "b")), at(1), at(2)))
                .satisfies(dropped -> assertThat(dropped.channels()).hasSize(1).isSubsetOf("a", "b"))
                .isEqualTo(new Dropped(List.of(rig.redis.received("DROPPED").getFirst().word(14)), at(6)));
    }

    @Test
    void shouldAskForVeryManyChannelsInParts() throws EngineException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 257; i++) {
            names.add("c" + i);
        }
        rig.redis.then("DROPPED", FakeRedis.value(List.of(NodeRig.id(6), 0, "")),
                FakeRedis.value(List.of(NodeRig.id(7), 0, "", 0)));
        Dropped dropped = reader.dropped(connection, ChannelSet.of(names), 0, 0);
        assertThat(dropped.channels()).hasSize(1).isSubsetOf(names);
        assertThat(dropped).isEqualTo(new Dropped(List.copyOf(dropped.channels()), at(6)));
        assertThat(rig.redis.received("DROPPED")).hasSize(2);
    }

    @Test
    void shouldTellThatAForgottenChannelOfAPatternHadSomething() throws EngineException {
        rig.redis.always("HGETALL", FakeRedis.value(List.of()));
        rig.redis.then("DROPPED",
                FakeRedis.value(
                        List.of(NodeRig.id(6), 0, "x %s %s y %s %s z.z %s %s".formatted(NodeRig.id(5), NodeRig.id(6),
                                NodeRig.id(1), NodeRig.id(6), NodeRig.id(5), NodeRig.id(6)))));
        assertThat(reader.dropped(connection, ALL, at(1), at(2)).channels()).containsExactly("x");
    }

    @Test
    void shouldNameThePatternsIfChannelsAreNotKnownAnyMore() throws EngineException {
        rig.redis.always("HGETALL", FakeRedis.value(List.of()));
        rig.redis.then("DROPPED", FakeRedis.value(List.of(NodeRig.id(6), 1, "")));
        assertThat(reader.dropped(connection, ALL, at(1), at(2)).channels()).containsExactly("*");
    }

    @Test
    void shouldTellTheHistoryOfChannels() throws EngineException {
        rig.redis.then("CHANNEL_HISTORIES",
                FakeRedis.value(List.of(List.of(0, 2, 300, 5, NodeRig.id(1), "", NodeRig.id(2), "=own"))));
        Map<String, ChannelHistory> histories = reader.histories(connection, A, NodeRig.EPOCH);
        assertThat(histories).containsExactly(Map.entry("a",
                new ChannelHistory(2, 300, 5, EventId.of(NodeRig.EPOCH, at(1)).toString(), "own")));
    }

    @Test
    void shouldTellTotals() throws EngineException {
        rig.redis.then("HMGET", FakeRedis.value(List.of("7", "800")));
        rig.redis.always("HLEN", FakeRedis.value(3));
        assertThat(reader.total(connection)).isEqualTo(new HistoryTotal(3, 7, 800));
        rig.redis.then("HMGET", FakeRedis.raw("*2\r\n$-1\r\n$-1\r\n"));
        assertThat(reader.total(connection)).isEqualTo(new HistoryTotal(3, 0, 0));
    }

    @Test
    void shouldReadNamesAndEpochs() throws EngineException {
        rig.redis.always("HKEYS", FakeRedis.value(List.of("a", "b")));
        rig.redis.then("HGET", FakeRedis.value(null), FakeRedis.value("0a0a0a0a:0-0"));
        assertThat(reader.channels(connection)).containsExactly("a", "b");
        assertThat(reader.epochs(connection)).isEmpty();
        assertThat(reader.epochs(connection)).contains("0a0a0a0a:0-0");
    }

    @Test
    void shouldForgetAChannel() throws EngineException {
        rig.redis.then("FORGET", FakeRedis.value(4));
        assertThat(reader.forget(connection, "a")).isEqualTo(4);
        assertThat(rig.redis.received("FORGET").getFirst().texts()).contains("{c}:channel:a").endsWith("a");
    }

    private static LogRange range(ChannelSet channels, long after, long upTo, int records, int bytes) {
        return new LogRange(channels, after, upTo, records, bytes);
    }

    /** Entries of a channel's stream; each has its number as data. */
    private static FakeRedis.Reply entries(long... numbers) {
        List<Object> entries = new ArrayList<>();
        for (long number : numbers) {
            Append.Item item = LogRig.item("a", Message.of(String.valueOf(number)));
            entries.add(List.of(NodeRig.id(number),
                    List.of("p", "0-0", "n", "0", "c", "1", "o", "", "m", NodeRig.part(item))));
        }
        return FakeRedis.value(entries);
    }

    private static long at(long number) {
        return NodeRig.position(number);
    }
}
