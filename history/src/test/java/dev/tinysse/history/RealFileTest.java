package dev.tinysse.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.history.disk.RealFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealFileTest {
    @TempDir
    private Path root;

    @Test
    void shouldReadForOthersAfterOneThatReadsHasBeenInterrupted() throws Exception {
        try (RealFile file = new RealFile(root.resolve("file"))) {
            file.write(ByteBuffer.wrap(new byte[100]), 0);
            Thread.currentThread().interrupt();
            assertThat(file.read(ByteBuffer.allocate(50), 0)).isEqualTo(50);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(file.read(ByteBuffer.allocate(200), 0)).isEqualTo(100);
        }
    }
}
