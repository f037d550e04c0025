package dev.tinysse.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.tck.LogRig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one backend, whose clocks differ. */
class ClocksTest {

    @Test
    void shouldHaveOneOrderThoughClocksAreAnHourApart(@TempDir Path directory) throws LogException {
        try (RedisServer redis = RedisServer.start(directory);
                LogRig fast = node(redis);
                LogRig slow = node(redis)) {
            fast.clock().move(Duration.ofHours(1));
            fast.keep(100, Duration.ofMinutes(30), Integer.MAX_VALUE);
            slow.keep(100, Duration.ofMinutes(30), Integer.MAX_VALUE);
            for (String number : List.of("1", "3", "5")) {
                fast.publish("a", number);
                slow.publish("a", Integer.toString(Integer.parseInt(number) + 1));
            }
            List<String> all = List.of("1", "2", "3", "4", "5", "6");
            await().untilAsserted(() -> {
                assertThat(LogRig.data(fast.followed())).isEqualTo(all);
                assertThat(LogRig.data(slow.followed())).isEqualTo(all);
            });
            assertThat(slow.followed()).extracting(LogRecord::position).isSorted().doesNotHaveDuplicates();
            assertThat(fast.data("a")).isEqualTo(all);
            assertThat(slow.data("a")).isEqualTo(all);
        }
    }

    private static LogRig node(RedisServer redis) {
        return new LogRig(config -> new RedisLogProvider().open(redis.address("clocks"), config));
    }
}
