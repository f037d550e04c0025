package dev.tinysse.server.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChangesTest {
    @TempDir
    private Path folder;

    private Path file;
    private FileChanges changes;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("file"), "before");
        changes = new FileChanges(file);
    }

    @Test
    void shouldReportNothingWhileTheFileStays() {
        assertThat(changes.settled()).isFalse();
        assertThat(changes.settled()).isFalse();
    }

    @Test
    void shouldReportAChangeOnceWhenTwoLooksFoundTheSame() throws IOException {
        Files.writeString(file, "afterwards");
        assertThat(changes.settled()).isFalse();
        assertThat(changes.settled()).isTrue();
        assertThat(changes.settled()).isFalse();
    }

    @Test
    void shouldWaitWhileTheFileGrows() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.writeString(file, "more", StandardOpenOption.APPEND);
            assertThat(changes.settled()).isFalse();
        }
        assertThat(changes.settled()).isTrue();
    }

    @Test
    void shouldSeeAChangeThatKeepsTheLength() throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        changes.settled();
        assertThat(changes.settled()).isTrue();
    }

    @Test
    void shouldTakeAnEmptyFileForOneThatIsBeingWritten() throws IOException {
        Files.writeString(file, "");
        changes.settled();
        assertThat(changes.settled()).isFalse();
    }

    @Test
    void shouldWaitUntilAFileThatIsGoneIsBack() throws IOException {
        Files.delete(file);
        changes.settled();
        assertThat(changes.settled()).isFalse();
        Files.writeString(file, "back again");
        changes.settled();
        assertThat(changes.settled()).isTrue();
    }

    @Test
    void shouldTellThatAFileHasChangedSinceTheReport() throws IOException {
        Files.writeString(file, "afterwards");
        changes.settled();
        changes.settled();
        assertThat(changes.isAsReported()).isTrue();
        Files.writeString(file, "and once more");
        assertThat(changes.isAsReported()).isFalse();
    }
}
