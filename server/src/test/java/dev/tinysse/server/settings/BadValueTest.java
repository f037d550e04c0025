package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.internal.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every option refuses what is no value of it, wherever that comes from.
 */
class BadValueTest {
    /** The module of the backend judges its addresses. */
    private static final Set<Option<?>> TAKES_ANYTHING = Set.of(Options.named("script-data"), Options.named("cluster"));

    /** Each is no value of some options. */
    private static final List<String> CANDIDATES = List.of("abc", "", " ", "a b", "a\nb");

    @TempDir
    Path folder;

    static Stream<Option<?>> options() {
        return Options.ALL.stream().filter(option -> !TAKES_ANYTHING.contains(option));
    }

    static Stream<Option<?>> options(Format.Shape without) {
        return options().filter(option -> option.format().shape() != without);
    }

    static Stream<Option<?>> withValue() {
        return options(Format.Shape.SWITCH);
    }

    static Stream<Option<?>> keys() {
        return options().filter(option -> option != Options.CONFIG);
    }

    @ParameterizedTest
    @MethodSource("withValue")
    void shouldRefuseABadValueOfAFlag(Option<?> option) {
        assertThat(Reading.errorOf(option.flag(), bad(option))).startsWith(option.name() + " must be ")
                .contains(": " + shown(option)).endsWith(" (from " + option.flag() + ")");
    }

    @ParameterizedTest
    @MethodSource("options")
    void shouldRefuseABadValueOfAVariable(Option<?> option) {
        assertThat(Reading.error(List.of(), Map.of(option.variable(), bad(option))))
                .startsWith(option.name() + " must be ").contains(": " + shown(option))
                .endsWith(" (from " + option.variable() + ")");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldRefuseABadValueOfAKey(Option<?> option) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"),
                option.name() + ": \"" + OneLine.of(bad(option)) + "\"\n");

        assertThat(Reading.errorOf("--config", file.toString())).startsWith(option.name() + " must be ")
                .contains(": " + shown(option))
                .endsWith(" (from " + option.name() + " in " + file + ")");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"capacity, 1048577", "capacity, +1", "capacity, 1e3", "capacity, ٣",
            "capacity, 100000000000000000000", "max-body-size, 0", "max-subscribers, 10000001",
            "keep-alive-text, 'a\rb'",
            "keep-alive-text, 'a\0b'", "pub-path, ''", "sub-path, '/a b'", "serve-static-path, /ä", "script, 'a\0b'",
            "cors-allow-origin, '*, https://a.b'", "cors-allow-methods, 'GET,,PUT'", "jwt-issuer, ''",
            "jwt-audience, ' '",
            "jwt-jwks, https://a.b:70000/", "log-level, 6", "log-level, ''"})
    void shouldRefuseOtherValuesThatCannotBe(String name, String value) {
        assertThat(Reading.errorOf("--" + name, value)).startsWith(name + " must be ");
    }

    private static String shown(Option<?> option) {
        return OneLine.of(option.assignment(bad(option)));
    }

    private static String bad(Option<?> option) {
        return CANDIDATES.stream().filter(text -> option.format().parser().apply(text).isEmpty()).findFirst()
                .orElseThrow(() -> new AssertionError("every candidate is a value of " + option.name()));
    }
}
