package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The texts for users describe the options as they are. With {@code -Dmanual.write} they are written first: the
 * reference of the options, and the keys of the sample file behind its introduction.
 */
class ManualTest {
    private static final Path REFERENCE = Path.of("../docs/configuration.md");
    private static final Path SAMPLE = Path.of("../dist/src/main/image/conf/tinysse.yaml");
    private static final String INTRODUCTION = """
            # Configuration

            Every option is a flag, an environment variable, and a key of the YAML file that `--config` names. The key is the
            flag without its dashes. Precedence: flag, environment variable, file, default.

            Durations are written like `500ms`, `60s`, `5m` or `1h30m`. Sizes are written like `64KB` (64,000 bytes), `64KiB`
            (65,536 bytes) or `65536`. A list is comma-separated, or a list in YAML. In YAML, quote a value that begins with `*`.

            The server rejects an unknown option or an invalid value with exit status 2 and one line that names it.
            The image contains a commented sample in `conf/tinysse.yaml`. This page is generated from the server's option table.
            """;
    private static final String HEAD = "\n## %s\n\n| Flag | Variable | Type | Default | Description |\n|---|---|---|---|---|\n";

    @BeforeAll
    static void write() throws IOException {
        if (System.getProperty("manual.write") != null) {
            Files.writeString(REFERENCE, reference());
            String sample = Files.readString(SAMPLE);
            Files.writeString(SAMPLE, sample.replace(keysOf(sample), keys()));
        }
    }

    @Test
    void shouldHaveTheOptionsInTheReference() throws IOException {
        assertThat(Files.readString(REFERENCE)).isEqualTo(reference());
    }

    @Test
    void shouldHaveTheOptionsInTheSampleFile() throws IOException {
        assertThat(keysOf(Files.readString(SAMPLE))).isEqualTo(keys());
    }

    @Test
    void shouldMeanTheDefaultsWhenTheSampleFileIsUncommented(@TempDir Path folder) throws Exception {
        String keys = Files.readString(SAMPLE).replaceAll("(?m)^#(?=[a-z-]+: )", "");
        Path file = Files.writeString(folder.resolve("all.yaml"), keys);

        assertThat(keys).contains("\nlisten: ");
        assertThat(Reading.flags("--config", file.toString())).isEqualTo(Reading.flags());
    }

    private static String reference() {
        return INTRODUCTION + Options.GROUPS.stream().map(ManualTest::table).collect(Collectors.joining());
    }

    private static String table(OptionGroup group) {
        return HEAD.formatted(group.title())
                + group.options().stream().map(ManualTest::row).collect(Collectors.joining());
    }

    private static String row(Option<?> option) {
        String flags = option.shortName().map(shortName -> "-" + shortName + ", ").orElse("") + option.flag();
        String valueName = option.valueName().isEmpty() ? "" : " " + option.valueName();
        boolean raw = option.format().shape() != Format.Shape.SWITCH
                && option.defaultText().filter(text -> !text.isEmpty()).isPresent();
        String shown = raw ? "`" + option.shownDefault() + "`" : option.shownDefault();
        return "| `%s%s` | `%s` | %s | %s | %s |\n".formatted(flags, valueName, option.variable(),
                option.format().type(), shown, option.description());
    }

    /** All behind the first blank line. */
    private static String keysOf(String sample) {
        return sample.substring(sample.indexOf("\n\n") + 1);
    }

    private static String keys() {
        return Options.GROUPS.stream().map(ManualTest::samples).collect(Collectors.joining());
    }

    private static String samples(OptionGroup group) {
        return "\n# ---- %s ----\n".formatted(group.title()) + group.options().stream()
                .filter(option -> option != Options.CONFIG).map(ManualTest::sample).collect(Collectors.joining());
    }

    /** A comment with description and default, and the key with its raw default as a comment. */
    private static String sample(Option<?> option) {
        String value = option.defaultText().map(text -> " " + (text.matches("\\*.*|0\\d+") ? '"' + text + '"' : text))
                .orElse("");
        String otherwise = option.defaultText().isPresent() ? "" : " (default: " + option.shownDefault() + ")";
        return "\n# %s%s\n#%s:%s\n".formatted(option.description(), otherwise, option.name(), value);
    }
}
