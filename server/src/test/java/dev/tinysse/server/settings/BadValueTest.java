package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.logging.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every option refuses what is no value of it, wherever that comes from.
 */
class BadValueTest {
    private static final Set<Option<?>> TAKES_ANYTHING = Set.of(Options.SCRIPT_DATA);

    private static final Map<Option<?>, String> BAD = Map.ofEntries(Map.entry(Options.LISTEN, "1983"),
            Map.entry(Options.LOG_LEVEL, "loud"), Map.entry(Options.KEEP_ALIVE, "abc"),
            Map.entry(Options.KEEP_ALIVE_TEXT, "a\nb"), Map.entry(Options.TIMEOUT, "5"),
            Map.entry(Options.TIMEOUT_RETRY, "-1s"), Map.entry(Options.CAPACITY, "0"),
            Map.entry(Options.MAX_SUBSCRIBERS, "-1"), Map.entry(Options.WRITE_TIMEOUT, "1.5s"),
            Map.entry(Options.DRAIN_TIMEOUT, "s"), Map.entry(Options.SCRIPT, ""),
            Map.entry(Options.SCRIPT_TICK, "1 fortnight"), Map.entry(Options.UNSAFE_SCRIPT, "1"),
            Map.entry(Options.SCRIPT_PROVIDER, " "), Map.entry(Options.SCRIPT_TIMEOUT, "1s2"),
            Map.entry(Options.SCRIPT_MEMORY, "64QB"), Map.entry(Options.STARTUP_TIMEOUT, "101y"),
            Map.entry(Options.WATCH_SCRIPT, "TRUE"), Map.entry(Options.PUB_PATH, "sse"),
            Map.entry(Options.SUB_PATH, "/sse?x"), Map.entry(Options.HEALTH_PATH, "healthz"),
            Map.entry(Options.MAX_BODY_SIZE, "2GiB"), Map.entry(Options.HEAD_TIMEOUT, "1s -1s"),
            Map.entry(Options.BODY_TIMEOUT, "99999999999999999999s"), Map.entry(Options.SERVE_STATIC_DIR, ""),
            Map.entry(Options.SERVE_STATIC_PATH, "files"), Map.entry(Options.CORS_ALLOW_ORIGIN, "https://a.b/"),
            Map.entry(Options.CORS_ALLOW_METHODS, "GET POST"), Map.entry(Options.CORS_ALLOW_HEADERS, "x:y"),
            Map.entry(Options.CORS_ALLOW_CREDENTIALS, "yes"), Map.entry(Options.CORS_MAX_AGE, "1x"),
            Map.entry(Options.CONFIG, ""));

    @TempDir
    Path folder;

    static Stream<Option<?>> options() {
        return BAD.keySet().stream();
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

    @Test
    void shouldHaveABadValueForEveryOption() {
        assertThat(Options.ALL.stream().filter(option -> !TAKES_ANYTHING.contains(option)).collect(Collectors.toSet()))
                .isEqualTo(BAD.keySet());
    }

    @ParameterizedTest
    @MethodSource("withValue")
    void shouldRefuseABadValueOfAFlag(Option<?> option) {
        assertThat(Reading.errorOf(option.flag(), BAD.get(option))).startsWith(option.name() + " must be ")
                .contains(": " + shown(option)).endsWith(" (from " + option.flag() + ")");
    }

    @ParameterizedTest
    @MethodSource("options")
    void shouldRefuseABadValueOfAVariable(Option<?> option) {
        assertThat(Reading.error(List.of(), Map.of(option.variable(), BAD.get(option))))
                .startsWith(option.name() + " must be ").contains(": " + shown(option))
                .endsWith(" (from " + option.variable() + ")");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldRefuseABadValueOfAKey(Option<?> option) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"),
                option.name() + ": \"" + OneLine.of(BAD.get(option)) + "\"\n");

        assertThat(Reading.errorOf("--config", file.toString())).startsWith(option.name() + " must be ")
                .contains(": " + shown(option))
                .endsWith(" (from " + option.name() + " in " + file + ")");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"capacity, 1048577", "capacity, +1", "capacity, 1e3", "capacity, ٣",
            "capacity, 100000000000000000000", "max-body-size, 0", "max-subscribers, 10000001",
            "keep-alive-text, 'a\rb'",
            "keep-alive-text, 'a\0b'", "pub-path, ''", "sub-path, '/a b'", "serve-static-path, /ä", "script, 'a\0b'",
            "cors-allow-origin, '*, https://a.b'", "cors-allow-methods, 'GET,,PUT'", "log-level, 6", "log-level, ''"})
    void shouldRefuseOtherValuesThatCannotBe(String name, String value) {
        assertThat(Reading.errorOf("--" + name, value)).startsWith(name + " must be ");
    }

    private static String shown(Option<?> option) {
        return OneLine.of(option.assignment(BAD.get(option)));
    }
}
