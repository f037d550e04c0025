package dev.tinysse.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.tck.LogRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The size and the content of the files. */
@Timeout(120)
class KeeperTest {
    private static final long LIMIT = 2_100_000;
    private final LogLines lines = new LogLines();
    @TempDir
    private Path root;
    private FileRig files;

    @BeforeEach
    void begin() {
        files = new FileRig(root).with(new FaultyDisk(true));
    }

    @AfterEach
    void close() {
        files.close();
        lines.close();
    }

    private long size() throws IOException {
        long size = 0;
        for (Path segment : files.segments()) {
            size += Files.size(segment);
        }
        return size;
    }

    private void churn(String channel, int count) throws LogException {
        String large = "x".repeat(1000);
        for (int i = 0; i < count; i++) {
            files.log().publish(channel, large + i);
        }
    }

    @Test
    void shouldKeepColdChannelsThoughHotOnesChurn() throws Exception {
        files.log().keep(10, Duration.ZERO, LIMIT);
        List<String> cold = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            files.log().publish("cold." + i, "cold " + i);
            cold.add("cold " + i);
            churn("hot", 300);
        }

        await().untilAsserted(() -> assertThat(size()).isLessThan(LIMIT / 2));
        assertThat(files.segments()).hasSizeLessThan(20);
        assertThat(LogRig.data(files.log().read(List.of("cold.*"), 0, 7))).isEqualTo(cold);
        assertThat(files.log().read(List.of("hot"), 0, 7)).hasSize(10);
        assertThat(files.isWhole("cold.*", 0)).isTrue();
        files.log().keep(10, Duration.ZERO, LIMIT);
        assertThat(LogRig.data(files.log().read(List.of("cold.*"), 0, 7))).isEqualTo(cold);
        assertThat(files.log().read(List.of("hot"), 0, 7)).hasSize(10);
        assertThat(files.isWhole("cold.*", 0)).isTrue();
        assertThat(lines.with("damaged")).isEmpty();
    }

    @Test
    void shouldDropTheOldestBeyondTheSizeAndTellSoAfterARestartToo() throws Exception {
        files.log().keep(100_000, Duration.ZERO, LIMIT);
        long cold = files.log().publish("cold", "1").getFirst();
        churn("hot", 4000);
        await().untilAsserted(() -> assertThat(size()).isLessThanOrEqualTo(LIMIT));
        long mark = files.log().dropped("hot", 0, 0).watermark();
        files.log().keep(100_000, Duration.ZERO, LIMIT);

        List<LogRecord> hot = files.log().read(List.of("hot"), 0, 1000);
        assertThat(hot).hasSizeBetween(500, 2000).extracting(LogRecord::position).isSorted();
        assertThat(files.isWhole("cold", cold - 1)).isFalse();
        assertThat(files.isWhole("hot", hot.getFirst().previous() - 1)).isFalse();
        assertThat(files.isWhole("hot", hot.getFirst().previous())).isTrue();
        assertThat(files.log().dropped("hot", 0, mark).isEmpty()).isTrue();
        assertThat(files.log().dropped("cold", 0, mark).isEmpty()).isTrue();
    }

    @Test
    void shouldRemoveFilesThatAreTooOld() throws Exception {
        files.log().keep(100_000, Duration.ofMinutes(20), LIMIT);
        churn("a", 500);
        files.log().clock().move(Duration.ofMinutes(21));
        files.log().publish("a", "new");

        await().untilAsserted(() -> assertThat(size()).isLessThan(200_000));
        assertThat(files.all()).containsExactly("new");
    }

    @Test
    void shouldReadWhileFilesAreRewrittenAndRemoved() throws Exception {
        files.log().keep(50, Duration.ZERO, LIMIT);
        for (int i = 0; i < 40; i++) {
            files.log().publish("cold", "cold " + i);
            churn("hot" + i % 3, 60);
            List<LogRecord> cold = files.log().read(List.of("cold"), 0, 3);
            assertThat(cold).hasSize(i + 1);
            List<LogRecord> all = files.log().read(List.of("**"), 0, 20);
            assertThat(all).extracting(LogRecord::position).isSorted().doesNotHaveDuplicates();
            assertThat(all).hasSize(i + 1 + Math.min(50, (i + 3) / 3 * 60) + Math.min(50, (i + 2) / 3 * 60)
                    + Math.min(50, (i + 1) / 3 * 60));
        }
    }
}
