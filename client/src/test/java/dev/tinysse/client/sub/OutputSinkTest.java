package dev.tinysse.client.sub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.client.sse.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputSinkTest {
    private static final String HOSTILE = "a\u001b[2J\u009b\tb\nc\u202e";

    private static String printed(boolean json, boolean terminal) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new OutputSink(out, json, terminal).handOn(List.of(new Event(Optional.empty(), Optional.empty(),
                Optional.of(HOSTILE), List.of(), Optional.empty())));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldEscapeControlCharactersOnATerminal() throws IOException {
        assertThat(printed(false, true)).isEqualTo("a\\u001b[2J\\u009b\tb\nc\\u202e\n");
    }

    @Test
    void shouldEscapeControlCharactersOfJsonOnATerminal() throws IOException {
        assertThat(printed(true, true)).isEqualTo("{\"data\":\"a\\u001b[2J\\u009b\\tb\\nc\\u202e\"}\n");
    }

    @Test
    void shouldPrintTheTextItselfElsewhere() throws IOException {
        assertThat(printed(false, false)).isEqualTo(HOSTILE + "\n");
    }

    @Test
    void shouldTellATerminalFromAFile(@TempDir Path folder) throws IOException {
        Path terminal = Files.createSymbolicLink(folder.resolve("terminal"), Path.of("/dev/pts/7"));
        Path file = Files.createSymbolicLink(folder.resolve("file"), folder.resolve("out"));

        assertThat(new OutputFile(terminal).isTerminal()).isTrue();
        assertThat(new OutputFile(file).isTerminal()).isFalse();
    }
}
