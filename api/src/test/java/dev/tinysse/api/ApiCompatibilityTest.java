package dev.tinysse.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A jar that was compiled against the last release still works, and its source still compiles. With
 * {@code -Dapi.record=true} the test writes down what the API is now, for a release: see CONTRIBUTING.md.
 */
class ApiCompatibilityTest {
    private static final Path RELEASED = Path.of("released-api.txt");

    @Test
    void shouldKeepWhatProvidersOfTheLastReleaseUse() throws Exception {
        SortedSet<String> now = now();
        assertThat(released().stream().filter(line -> line.startsWith(ApiSignature.HAS) && !now.contains(line)))
                .as("gone or changed since the last release; plugins that use it break. Bring it back, deprecated if need be")
                .isEmpty();
    }

    @Test
    void shouldAskNothingNewOfProvidersOfTheLastRelease() throws Exception {
        List<String> released = released();
        var types = released.stream().map(ApiCompatibilityTest::type).collect(Collectors.toSet());
        assertThat(now().stream().filter(line -> line.startsWith(ApiSignature.ASKS) && !released.contains(line)
                && types.contains(type(line))))
                .as("plugins of the last release do not have it. Give a method a default, put a new kind or constant into a type of its own")
                .isEmpty();
    }

    private static SortedSet<String> now() throws IOException, URISyntaxException {
        SortedSet<String> now = ApiSignature.ofPackageOf(Message.class);
        if (Boolean.getBoolean("api.record")) {
            Files.write(RELEASED, now);
        }
        return now;
    }

    private static List<String> released() throws IOException {
        return Files.readAllLines(RELEASED);
    }

    private static String type(String line) {
        return line.substring(line.indexOf(' ') + 1, line.indexOf(':'));
    }
}
