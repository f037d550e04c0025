package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    Path folder;

    private String file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("a.yaml"), "capacity: 3\n").toString();
    }

    @Test
    void shouldPreferFlagsToVariables() throws UsageException {
        assertThat(capacity(List.of("-c", "1", "--config", file), Map.of("TINYSSE_CAPACITY", "2"))).isEqualTo(1);
    }

    @Test
    void shouldPreferVariablesToTheFile() throws UsageException {
        assertThat(capacity(List.of("--config", file), Map.of("TINYSSE_CAPACITY", "2"))).isEqualTo(2);
    }

    @Test
    void shouldPreferTheFileToTheDefault() throws UsageException {
        assertThat(capacity(List.of("--config", file), Map.of())).isEqualTo(3);
    }

    @Test
    void shouldFindTheFileByItsVariable() throws UsageException {
        assertThat(capacity(List.of(), Map.of("TINYSSE_CONFIG", file))).isEqualTo(3);
    }

    @Test
    void shouldNotCareForABadValueThatIsOverridden() throws UsageException {
        assertThat(capacity(List.of("-c", "1"), Map.of("TINYSSE_CAPACITY", "x"))).isEqualTo(1);
    }

    @Test
    void shouldIgnoreVariablesOfNoOption() throws UsageException {
        assertThat(capacity(List.of(), Map.of("TINYSSE_CAPCITY", "1", "CAPACITY", "2"))).isEqualTo(256);
    }

    @Test
    void shouldReadSwitchesFromVariables() throws UsageException {
        Settings settings = Reading.settings(List.of(),
                Map.of("TINYSSE_UNSAFE_SCRIPT", "true", "TINYSSE_WATCH_SCRIPT", "false"));

        assertThat(settings.scripting().unsafeScript()).isTrue();
        assertThat(settings.scripting().watchScript()).isFalse();
    }

    private static int capacity(List<String> flags, Map<String, String> environment) throws UsageException {
        return Reading.settings(flags, environment).streams().capacity();
    }
}
