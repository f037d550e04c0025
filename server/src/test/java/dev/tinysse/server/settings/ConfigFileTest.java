package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadTextsNumbersSwitchesAndLists() throws Exception {
        Settings settings = read("""
                keep-alive: 1m30s
                capacity: 7
                max-body-size: 1000
                unsafe-script: true
                cors-allow-origin: [https://a.example, "https://b.example"]
                cors-allow-methods: GET, PUT
                script-data: "two\\nlines"
                """);

        assertThat(settings.streams().keepAlive()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.streams().capacity()).isEqualTo(7);
        assertThat(settings.http().maxBodySize()).isEqualTo(1000);
        assertThat(settings.scripting().unsafeScript()).isTrue();
        assertThat(settings.cors().allowOrigin().names()).containsExactly("https://a.example", "https://b.example");
        assertThat(settings.cors().allowMethods().orElseThrow().names()).containsExactly("GET", "PUT");
        assertThat(settings.scripting().scriptData()).contains("two\nlines");
    }

    @Test
    void shouldTakeAnEmptyFile() throws Exception {
        assertThat(read("# nothing\n")).isEqualTo(Reading.flags());
    }

    @Test
    void shouldRefuseAKeyOfNoOption() throws IOException {
        assertThat(error("capcity: 5\n"))
                .isEqualTo("there is no such key, did you mean capacity?, see tinysse --help: capcity (from FILE)");
    }

    @Test
    void shouldRefuseAnotherConfigurationFileInTheFile() throws IOException {
        assertThat(error("config: b.yaml\n")).startsWith("there is no such key");
    }

    @Test
    void shouldNameTheLineOfASyntaxError() throws IOException {
        assertThat(error("capacity: 5\nkeep-alive: [60s\n")).startsWith("config must be a YAML file of keys and values"
                + " (line 3: ").endsWith("): config=FILE (from --config)");
    }

    @Test
    void shouldRefuseAFileThatIsNoMap() throws IOException {
        assertThat(error("- capacity\n")).startsWith("config must be a YAML file of keys and values (");
    }

    @Test
    void shouldRefuseAnAliasOfItself() throws IOException {
        assertThat(error("cors-allow-origin: &a [*a]\n")).contains("(an alias contains itself)");
    }

    @Test
    void shouldRefuseAListForOneText() throws IOException {
        assertThat(error("script-data: [a, b]\n"))
                .isEqualTo("script-data must be a text, and is a list: script-data (from script-data in FILE)");
    }

    @Test
    void shouldRefuseKeysInGroups() throws IOException {
        assertThat(error("listen: {host: localhost}\n"))
                .contains("and is a group of keys: listen (from listen in FILE)");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThat(Reading.error(List.of(), Map.of("TINYSSE_CONFIG", "nowhere.yaml"))).isEqualTo(
                "config must be a file that can be read (there is none): config=nowhere.yaml (from TINYSSE_CONFIG)");
    }

    @Test
    void shouldRefuseAFolder() {
        assertThat(Reading.errorOf("--config", folder.toString()))
                .startsWith("config must be a file that can be read (").doesNotContain("Exception");
    }

    @Test
    void shouldRefuseAFileThatIsNotInUtf8() throws IOException {
        Path file = Files.write(folder.resolve("a.yaml"), "script-data: ä\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(Reading.errorOf("--config", file.toString())).contains("(it is not in UTF-8)");
    }

    private Settings read(String yaml) throws IOException, UsageException {
        return Reading.flags("--config", write(yaml));
    }

    private String error(String yaml) throws IOException {
        String file = write(yaml);
        return Reading.errorOf("--config", file).replace(file, "FILE");
    }

    private String write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("a.yaml"), yaml).toString();
    }
}
