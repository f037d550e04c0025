package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.tck.EventLogContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RedisLogContractTest extends EventLogContract {
    private static final AtomicInteger CLUSTERS = new AtomicInteger();
    private static RedisServer redis;

    @BeforeAll
    static void start(@TempDir Path directory) {
        redis = RedisServer.start(directory);
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @Override
    protected EventLog open(LogConfig config) throws LogException {
        return new RedisLogProvider().open(redis.address("c" + CLUSTERS.incrementAndGet()), config);
    }
}
