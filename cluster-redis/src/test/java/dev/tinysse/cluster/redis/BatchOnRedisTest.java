package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.codec.ByteSink;
import java.nio.file.Path;
import java.time.Duration;
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

    private Object append(EngineConnection connection) throws EngineException {
        Batch batch = new Batch(1, true);
        batch.add(new Pending(NodeRig.append("x"), 0, () -> {}), new ByteSink());
        List<byte[]> names = new ArrayList<>(List.of(keys.state, keys.log, keys.channels, keys.oldest, keys.responses,
                keys.responseAges, last));
        names.addAll(batch.streams(keys));
        List<byte[]> arguments = new ArrayList<>();
        for (String text : List.of("1", "", NodeRig.EPOCH, "", "0-0", "10", "1000000")) {
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
