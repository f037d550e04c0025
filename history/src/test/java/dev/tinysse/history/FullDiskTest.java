package dev.tinysse.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tinysse.broker.log.LogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 1 MB that is full indeed. */
@Timeout(60)
class FullDiskTest {
    @TempDir
    private Path root;

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void shouldKeepWhatItHasTakenAndTakeMoreWhenThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(root.resolve("disk"));
        assumeTrue(succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()),
                "needs the right to mount a tmpfs");
        try (FileRig files = new FileRig(disk)) {
            Files.write(disk.resolve("other"), new byte[300_000]);
            files.log().keep(10_000);
            List<String> taken = new ArrayList<>();
            fill(files, taken);
            assertThat(taken).hasSizeBetween(100, 1000);
            Files.delete(disk.resolve("other"));
            fill(files, taken);

            assertThat(files.all()).isEqualTo(taken);
            assertThat(files.isWhole("a", 0)).isTrue();
            files.log().keep(10_000);
            assertThat(files.all()).isEqualTo(taken);
        } finally {
            assertThat(succeeds("umount", disk.toString())).isTrue();
        }
    }

    private static void fill(FileRig files, List<String> taken) {
        int before = taken.size();
        assertThatExceptionOfType(LogException.class).isThrownBy(() -> {
            while (true) {
                String data = "x".repeat(1000) + taken.size();
                files.log().publish("a", data);
                taken.add(data);
            }
        }).matches(failure -> failure.kind() == LogException.Kind.FULL, "full");
        assertThat(taken).hasSizeGreaterThan(before + 50);
    }
}
