package dev.tinysse.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LastingLogManagerTest {

    @Test
    @Timeout(60)
    void shouldLogToTheEndOfTheProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", classPath(), LastWords.class.getName())).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8)).contains("INFO tinysse: still here");
        } finally {
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static String classPath() {
        return String.join(java.io.File.pathSeparator, "target/classes", "target/test-classes",
                "../api/target/classes");
    }
}
