package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;

/** A batch that a node sends to a real Redis server twice. */
class BatchOnRedisTest {
    private final Keys keys = new Keys("c");
    private final byte[] last = keys.batch("node");

    @Test
    void shouldBeAppendedOnceAndWriteSomethingEachTime(@TempDir Path directory) throws EngineException {
        try (RedisServer redis = RedisServer.start(directory)) {
            Object first;
            try (EngineConnection connection = connect(redis)) {
                first = append(connection);
                connection.call(Protocol.Command.PEXPIRE, last, "1000");
            }
            try (EngineConnection other = connect(redis)) {
                Object again = append(other);
                assertThat(((List<?>) again).getFirst()).isEqualTo(((List<?>) first).getFirst());
                assertThat((Long) other.call(Protocol.Command.XLEN, (Object) keys.stream("a"))).isEqualTo(1);
                // WAIT confirms what a connection has written; without that it confirms nothing
                assertThat((Long) other.call(Protocol.Command.PTTL, (Object) last)).isGreaterThan(1000);
            }
        }
    }

    @Test
    void shouldRemoveEntriesWhoseMessagesAreAllDropped(@TempDir Path directory) throws EngineException {
        try (RedisServer redis = RedisServer.start(directory); EngineConnection connection = connect(redis)) {
            append(connection, 1, "1", "2", "3", "4", "5", "6");
            append(connection, 2, "7", "8", "9", "10", "11", "12");
            assertThat(length(connection)).isEqualTo(2);
            append(connection, 3, "13", "14", "15", "16");
            assertThat(length(connection)).isEqualTo(2);
            append(connection, 4, "17", "18", "19", "20", "21", "22");
            assertThat(length(connection)).isEqualTo(2);
        }
    }

    @Test
    void shouldTellReadersWhatRedisHasEvicted(@TempDir Path directory) throws EngineException, LogException {
        try (RedisServer redis = RedisServer.start(directory); EngineConnection connection = connect(redis)) {
            append(connection, 1, "1", "2");
            connection.call(Protocol.Command.DEL, (Object) keys.stream("a"));
            append(connection, 2, "3");
            HistoryReader reader = new HistoryReader(new NodeState(InstantSource.system()), keys,
                    new LogConfig(10, Duration.ZERO, 1_000_000, InstantSource.system()));
            assertThat(reader.dropped(connection, ChannelSet.of(List.of("a")), 0, 0).channels()).containsExactly("a");
            assertThat(reader.total(connection).messages()).isEqualTo(1);
        }
    }

    private long length(EngineConnection connection) throws EngineException {
        return (Long) connection.call(Protocol.Command.XLEN, (Object) keys.stream("a"));
    }

    private Object append(EngineConnection connection) throws EngineException {
        return append(connection, 1, "x");
    }

    private Object append(EngineConnection connection, long number, String... data) throws EngineException {
        Batch batch = new Batch(number, true);
        batch.add(new Pending(NodeRig.append(data), 0, () -> {}), new ByteSink());
        List<byte[]> names = new ArrayList<>(List.of(keys.state, keys.log, keys.channels, keys.oldest, keys.responses,
                keys.responseAges, last));
        names.addAll(batch.streams(keys));
        List<byte[]> arguments = new ArrayList<>();
        for (String text : List.of(String.valueOf(number), "", NodeRig.EPOCH, "", "0-0", "10", "1000000")) {
            arguments.add(EngineConnection.bytes(text));
        }
        arguments.add(keys.streams);
        arguments.add(EngineConnection.bytes("node"));
        arguments.addAll(batch.arguments());
        return connection.run(Script.APPEND, names, arguments);
    }

    private static EngineConnection connect(RedisServer redis) throws EngineException {
        EngineAddress address = EngineAddress.of(redis.address("c"));
        HostAndPort host = address.hosts().getFirst();
        return new EngineConnection(host,
                new EngineAddress(List.of(host), Optional.empty(), Optional.empty(), Optional.empty(),
                        0, false),
                true, Duration.ofSeconds(20));
    }
}
