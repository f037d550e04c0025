package dev.tinysse.client.sub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.cli.FailedException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTest {
    @TempDir
    private Path folder;
    private Path output;
    private Path file;

    @BeforeEach
    void write() throws Exception {
        output = Files.writeString(folder.resolve("output"), "12345");
        file = folder.resolve("state");
    }

    private State state() {
        return new State(file, new OutputFile(output));
    }

    private Optional<String> lastId() throws Exception {
        try (OutputStream out = Files.newOutputStream(output, StandardOpenOption.APPEND)) {
            return state().lastId(out);
        }
    }

    @Test
    void shouldHaveNoIdAtFirst() throws Exception {
        assertThat(lastId()).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**state*");
    }

    @Test
    void shouldRememberWhatWasHandedOn() throws Exception {
        state().save("1");
        state().save("ü 7");

        assertThat(lastId()).contains("ü 7");
        assertThat(file).content().isEqualTo("ü 7\n");
    }

    @Test
    void shouldForgetAWriteThatHadNotBegun() throws Exception {
        state().save("1");
        state().begin("2", bytes("678\n"));

        assertThat(lastId()).contains("1");
        assertThat(output).content().isEqualTo("12345");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "67", "678", "678\n"})
    void shouldCompleteAWriteThatHadBegun(String written) throws Exception {
        state().save("1");
        state().begin("2", bytes("678\n"));
        Files.writeString(output, written, StandardOpenOption.APPEND);

        assertThat(lastId()).contains("2");
        assertThat(output).content().isEqualTo("12345678\n");
        assertThat(lastId()).contains("2");
    }

    @Test
    void shouldForgetAWriteThatWasRemembered() throws Exception {
        state().begin("2", bytes("678\n"));
        Files.writeString(output, "678\n", StandardOpenOption.APPEND);
        state().save("2");
        Files.writeString(output, "more", StandardOpenOption.APPEND);

        assertThat(lastId()).contains("2");
        assertThat(output).content().isEqualTo("12345678\nmore");
    }

    @Test
    void shouldNotTakeAnotherFileForTheOutput() throws Exception {
        state().begin("2", bytes("678\n"));
        output = Files.writeString(folder.resolve("other"), "1234567");

        assertThat(lastId()).isEmpty();
        assertThat(output).content().isEqualTo("1234567");
    }

    @Test
    void shouldSayWhatCannotBeUsed() {
        file = folder.resolve("nowhere/state");

        assertThatThrownBy(this::lastId).isInstanceOf(FailedException.class)
                .hasMessage("cannot use the state file %s: no such file", file);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
