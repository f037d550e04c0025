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
 * What is written for users about the options is what the options are. With {@code -Dmanual.write} it is written first: the
 * README's table, and the keys of the sample file behind its introduction.
 */
class ManualTest {
    private static final Path README = Path.of("../README.md");
    private static final Path SAMPLE = Path.of("../dist/src/main/image/conf/tinysse.yaml");
    private static final String TABLE = "| Flag | Variable | Default | Description |\n|---|---|---|---|\n";

    @BeforeAll
    static void write() throws IOException {
        if (System.getProperty("manual.write") != null) {
            String readme = Files.readString(README);
            Files.writeString(README, readme.replace(tableOf(readme), table()));
            String sample = Files.readString(SAMPLE);
            Files.writeString(SAMPLE, sample.replace(keysOf(sample), keys()));
        }
    }

    @Test
    void shouldHaveTheOptionsInTheReadme() throws IOException {
        assertThat(tableOf(Files.readString(README))).isEqualTo(table());
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

    private static String tableOf(String readme) {
        int start = readme.indexOf(TABLE);
        return readme.substring(start, readme.indexOf("\n\n", start) + 1);
    }

    private static String table() {
        return TABLE + Options.ALL.stream().map(ManualTest::row).collect(Collectors.joining())
                + "| `-h, --help` | | | Show all flags and end |\n| `-V, --version` | | | Show name and version and end |\n";
    }

    private static String row(Option<?> option) {
        String flags = option.shortName().map(shortName -> "-" + shortName + ", ").orElse("") + option.flag();
        String valueName = option.valueName().isEmpty() ? "" : " " + option.valueName();
        String defaultText = option.format().shape() == Format.Shape.SWITCH
                ? "off"
                : option.defaultText().map(text -> "`" + text + "`").orElse("none");
        return "| `%s%s` | `%s` | %s | %s |\n".formatted(flags, valueName, option.variable(), defaultText,
                option.description());
    }

    /** All behind the first blank line. */
    private static String keysOf(String sample) {
        return sample.substring(sample.indexOf("\n\n") + 1);
    }

    private static String keys() {
        return Options.ALL.stream().filter(option -> option != Options.CONFIG).map(ManualTest::sample)
                .collect(Collectors.joining());
    }

    /** A comment with the description, and the key with its default as a comment. */
    private static String sample(Option<?> option) {
        String value = option.defaultText().map(text -> " " + (text.matches("\\*.*|0\\d+") ? '"' + text + '"' : text))
                .orElse("");
        return "\n# %s.\n#%s:%s\n".formatted(option.description(), option.name(), value);
    }
}
