package dev.tinysse.history;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.broker.log.LogConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogProviderTest {
    private static final LogConfig CONFIG = new LogConfig(5, Duration.ZERO, 1_000_000, InstantSource.system());

    @TempDir
    private Path folder;

    private void assertRefused(Path directory, String text) {
        assertThatThrownBy(() -> new FileLogProvider().open(directory.toUri(), CONFIG)).hasMessage(text);
    }

    @Test
    void shouldSayInPlainWordsThatTheDirectoryIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("data"));
        assertRefused(file, "data directory cannot be used: %s is no directory".formatted(file));
    }

    @Test
    void shouldSayInPlainWordsThatAFileIsInTheWay() throws IOException {
        Path file = Files.createFile(folder.resolve("data"));
        assertRefused(file.resolve("kept"),
                "data directory cannot be used: %s is no directory".formatted(file));
    }

    @Test
    void shouldSayWhatTheSystemSays() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path lock = Files.createDirectory(data.resolve("lock"));
        assertRefused(data, "data directory cannot be used: %s: Is a directory".formatted(lock));
    }
}
