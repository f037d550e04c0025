package dev.tinysse.client.sub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputJournalTest {
    private static final byte[] EVENTS = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;
    private Path output;
    private Path file;
    private OutputJournal journal;

    @BeforeEach
    void begin() throws IOException {
        output = Files.writeString(folder.resolve("out"), "before\n");
        file = folder.resolve("journal");
        journal = new OutputJournal(file, new OutputFile(output));
        journal.begin("7", EVENTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void shouldCompleteAWriteOfWhichAPartIsThere(int written) throws IOException {
        write(new String(EVENTS, 0, written, StandardCharsets.UTF_8));
        try (OutputStream out = Files.newOutputStream(output, StandardOpenOption.APPEND)) {
            assertThat(journal.complete(out)).contains("7");
        }
        assertThat(output).hasContent("before\none\ntwo\n");
    }

    @Test
    void shouldRememberAWriteThatIsComplete() throws IOException {
        write("one\ntwo\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(journal.complete(out)).contains("7");
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldLeaveAWriteOfWhichNothingIsThere() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(journal.complete(out)).isEmpty();
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldLeaveAWriteToAnotherFile() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "before\none\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(new OutputJournal(file, new OutputFile(other)).complete(out)).isEmpty();
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7\n", "7\n7 8", "7\n7 8 key\n", "7\n7 8\none\ntwo\n"})
    void shouldLeaveAWriteThatWasNotNotedCompletely(String note) throws IOException {
        write("one\n");
        Files.writeString(file, note);
        assertThat(journal.complete(OutputStream.nullOutputStream())).isEmpty();
    }

    @Test
    void shouldForgetAWriteThatIsDone() throws IOException {
        journal.end();
        write("one\n");
        assertThat(journal.complete(OutputStream.nullOutputStream())).isEmpty();
        assertThat(file).doesNotExist();
        journal.end();
    }

    @Test
    void shouldNoteNothingForAnOutputThatIsNoFile() throws IOException {
        Path none = folder.resolve("none");
        new OutputJournal(none, new OutputFile(folder)).begin("7", EVENTS);
        assertThat(none).doesNotExist();
        assertThat(new OutputFile(folder).isTerminal()).isFalse();
    }

    private void write(String text) throws IOException {
        Files.writeString(output, text, StandardOpenOption.APPEND);
    }
}
