package dev.tinysse.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.server.pem.PemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file counts as it is now, once nobody is writing to it any more. */
class WatchedFileTest {
    @TempDir
    private Path folder;
    private Path file;
    private final List<String> reads = new ArrayList<>();
    private WatchedFile watched;

    @BeforeEach
    void create() throws IOException {
        file = Files.writeString(folder.resolve("keys"), "one");
        watched = new WatchedFile("api-keys", file, bytes -> {
            String text = new String(bytes, UTF_8);
            if (text.equals("bad")) {
                throw new PemException("it is bad");
            }
            reads.add(text);
        });
    }

    @Test
    void shouldReadOnceWhatDoesNotChange() throws Exception {
        watched.load();
        watched.look();
        watched.look();
        assertThat(reads).containsExactly("one");
    }

    @Test
    void shouldReadAgainWhatHasChangedAndSettled() throws Exception {
        watched.load();
        Files.writeString(file, "tw");
        watched.look();
        Files.writeString(file, "two");
        watched.look();
        assertThat(reads).containsExactly("one");
        watched.look();
        watched.look();
        assertThat(reads).containsExactly("one", "two");
    }

    @Test
    void shouldReadAgainWhatChangesAllTheTimeAtEveryThirdLook() throws Exception {
        watched.load();
        for (int i = 1; i <= 6; i++) {
            Files.writeString(file, "version " + i);
            watched.look();
        }
        assertThat(reads).containsExactly("one", "version 3", "version 6");
        watched.look();
        watched.look();
        assertThat(reads).hasSize(3);
    }

    @Test
    void shouldNameTheFileWhateverReadingItThrows() throws Exception {
        WatchedFile failing = new WatchedFile("jwt-key", file, _ -> {
            throw new IllegalArgumentException("odd");
        });
        assertThatThrownBy(failing::load).isInstanceOf(PemException.class)
                .hasMessage("cannot use --jwt-key %s: odd", file);
        Files.writeString(file, "two");
        failing.look();
        failing.look();
    }

    @Test
    void shouldSayThatAFileIsADirectory() throws Exception {
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(watched::load).hasMessage("cannot use --api-keys %s: is a directory", file);
    }

    @Test
    void shouldKeepWhatWasReadBeforeIfTheFileIsBadOrGone() throws Exception {
        watched.load();
        Files.writeString(file, "bad");
        watched.look();
        watched.look();
        Files.delete(file);
        watched.look();
        watched.look();
        assertThat(reads).containsExactly("one");
        Files.writeString(file, "one");
        watched.look();
        watched.look();
        assertThat(reads).containsExactly("one", "one");
    }

    @Test
    void shouldNameTheFileThatCannotBeUsedAtTheStart() throws Exception {
        Files.writeString(file, "bad");
        assertThatThrownBy(watched::load).isInstanceOf(PemException.class)
                .hasMessage("cannot use --api-keys %s: it is bad", file);
        Files.delete(file);
        assertThatThrownBy(watched::load).isInstanceOf(PemException.class)
                .hasMessage("cannot use --api-keys %s: there is no such file", file);
    }
}
