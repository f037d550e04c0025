package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is written for users about the options is what the options are.
 */
class ManualTest {
    private static final Path README = Path.of("../README.md");
    private static final Path SAMPLE = Path.of("../dist/src/main/image/conf/tinysse.yaml");

    static List<Option<?>> options() {
        return Options.ALL;
    }

    static List<Option<?>> keys() {
        return Options.ALL.stream().filter(option -> option != Options.CONFIG).<Option<?>>map(option -> option)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("options")
    void shouldHaveARowInTheReadme(Option<?> option) throws IOException {
        assumeTrue(Files.exists(README), "README.md is not there");

        assertThat(Files.readAllLines(README)).contains(row(option));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldHaveAKeyInTheSampleFile(Option<?> option) throws IOException {
        assertThat(Files.readString(SAMPLE)).contains(sample(option));
    }

    @Test
    void shouldMeanTheDefaultsWhenTheSampleFileIsUncommented(@TempDir Path folder) throws Exception {
        String keys = Files.readString(SAMPLE).replaceAll("(?m)^#(?=[a-z-]+: )", "");
        Path file = Files.writeString(folder.resolve("all.yaml"), keys);

        assertThat(keys).contains("\nlisten: ");
        assertThat(Reading.flags("--config", file.toString())).isEqualTo(Reading.flags());
    }

    /** A comment with the meaning, and the key with its default as a comment. */
    private static String sample(Option<?> option) {
        String value = option.fallback().map(text -> " " + (text.startsWith("*") ? '"' + text + '"' : text)).orElse("");
        return "\n# %s.\n#%s:%s\n".formatted(option.meaning(), option.name(), value);
    }

    private static String row(Option<?> option) {
        String flags = option.letter().map(letter -> "-" + letter + ", ").orElse("") + option.flag();
        String label = option.label().isEmpty() ? "" : " " + option.label();
        String fallback = option.format().shape() == Format.Shape.SWITCH
                ? "off"
                : option.fallback().map(text -> "`" + text + "`").orElse("none");
        return "| `%s%s` | `%s` | %s | %s |".formatted(flags, label, option.variable(), fallback, option.meaning());
    }
}
