package dev.tinysse.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.history.disk.RealFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Acknowledged data that another process removes, from a log that is closed, has been killed, or is open. */
@Timeout(60)
class RemovedDataTest {
    private final LogLines lines = new LogLines();
    @TempDir
    private Path root;
    private FileRig files;
    private List<Long> positions;
    private List<Long> ends;
    private String epoch;

    @BeforeEach
    void write() throws Exception {
        files = new FileRig(root);
        files.log().keep(100);
        ends = new ArrayList<>();
        for (String data : List.of("1", "2", "3", "4")) {
            files.log().publish("a", data);
            ends.add(end());
        }
        positions = files.log().followed().stream().map(LogRecord::position).toList();
        epoch = files.log().log().epoch();
    }

    @AfterEach
    void close() {
        files.close();
        lines.close();
    }

    private long end() throws IOException {
        byte[] bytes = Files.readAllBytes(files.newest());
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private void cutOff(long length) throws IOException {
        try (RealFile file = new RealFile(files.newest())) {
            file.truncate(length);
        }
    }

    private void expectLoss(String... remaining) throws LogException {
        files.log().keep(100);
        assertThat(files.all()).containsExactly(remaining);
        assertThat(files.isWhole("a", positions.get(remaining.length - 1))).isFalse();
        assertThat(files.isWhole("b", positions.getFirst())).isFalse();
        assertThat(lines.with("WARNING")).isNotEmpty();
    }

    @Test
    void shouldTellOfWhatWasCutOffAfterAStop() throws Exception {
        files.close();
        cutOff(ends.get(1));
        expectLoss("1", "2");
        assertThat(files.log().log().epoch()).isNotEqualTo(epoch);
        assertThat(files.log().log().hadEpoch(epoch)).isTrue();
        assertThat(lines.with("not the " + ends.getLast() + " that were acknowledged")).hasSize(1);
    }

    @Test
    void shouldTellOfHalfARecordThatIsLeftAfterAStop() throws Exception {
        files.close();
        cutOff(ends.getLast() - 10);
        expectLoss("1", "2", "3");
    }

    @Test
    void shouldTellOfZerosWhereThereWereRecords() throws Exception {
        files.close();
        long length = Files.size(files.newest());
        cutOff(ends.get(1));
        try (RealFile file = new RealFile(files.newest())) {
            file.write(ByteBuffer.allocate(1), length - 1);
        }
        expectLoss("1", "2");
        assertThat(files.log().log().epoch()).isEqualTo(epoch);
    }

    @Test
    void shouldTellOfItAfterFurtherRestartsInOneNewEpoch() throws Exception {
        files.close();
        cutOff(ends.get(1));
        expectLoss("1", "2");
        String second = files.log().log().epoch();
        files.log().keep(100);
        lines.clear();
        expectLoss("1", "2");
        assertThat(files.log().log().epoch()).isEqualTo(second);
        long next = files.log().publish("a", "5").getFirst();
        files.log().keep(100);

        assertThat(files.all()).containsExactly("1", "2", "5");
        assertThat(files.isWhole("a", positions.get(1))).isFalse();
        assertThat(files.isWhole("a", next)).isTrue();
        assertThat(files.log().log().epoch()).isEqualTo(second);
    }

    @Test
    void shouldTellOfWhatWasCutOffAfterAKillButForTheLastAppend() throws Exception {
        Path killed = files.snapshot();
        files.use(killed);
        cutOff(ends.get(1));
        expectLoss("1", "2");
        assertThat(files.log().log().epoch()).isNotEqualTo(epoch);
    }

    @Test
    void shouldTakeHalfOfTheLastAppendForOneThatWasNotFinished() throws Exception {
        Path killed = files.snapshot();
        files.use(killed);
        cutOff(ends.getLast() - 10);
        files.log().keep(100);

        assertThat(files.all()).containsExactly("1", "2", "3");
        assertThat(files.isWhole("a", positions.get(2))).isTrue();
        assertThat(files.log().log().epoch()).isEqualTo(epoch);
        assertThat(lines.with("WARNING")).hasSize(1).first().asString().contains("truncated");
    }

    @Test
    void shouldGiveNoPositionAgainThoughItsRecordIsGoneAndTheClockIsSetBack() throws Exception {
        files.close();
        cutOff(ends.getFirst());
        files.log().clock().move(Duration.ofHours(-1));
        files.log().keep(100);

        assertThat(files.log().publish("a", "next").getFirst()).isGreaterThan(positions.getLast());
    }

    @Test
    void shouldBeginANewEpochWhenABackupIsCopiedOverTheFiles() throws Exception {
        files.close();
        Path backup = files.snapshot();
        files.log().keep(100);
        files.log().publish("a", "5");
        files.close();
        restore(backup);
        files.log().keep(100);

        assertThat(files.all()).containsExactly("1", "2", "3", "4");
        assertThat(files.log().log().epoch()).isNotEqualTo(epoch);
        assertThat(files.log().log().hadEpoch(epoch)).isTrue();
        assertThat(lines.with("copied or restored")).hasSize(1);
    }

    private void restore(Path backup) throws IOException {
        try (Stream<Path> all = Files.list(backup)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                // into the file that is there, as cp does
                Files.write(files.directory().resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    @Test
    void shouldFailWhenTheDirectoryIsRemoved() throws Exception {
        try (Stream<Path> all = Files.walk(files.directory())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        expectFailure("data directory has been removed or replaced: " + files.directory());
    }

    @Test
    void shouldFailWhenTheDirectoryIsReplacedByACopy() throws Exception {
        Path copy = files.snapshot();
        Files.move(files.directory(), root.resolve("elsewhere"));
        Files.move(copy, files.directory(), StandardCopyOption.ATOMIC_MOVE);
        expectFailure("data directory has been removed or replaced: " + files.directory());
    }

    @Test
    void shouldFailWhenTheNewestFileIsRemoved() throws Exception {
        Path newest = files.newest();
        Files.delete(newest);
        expectFailure("a file of history has been removed: " + newest);
    }

    @Test
    void shouldFailWhenTheNewestFileIsCutOff() throws Exception {
        Path newest = files.newest();
        cutOff(ends.getFirst());
        expectFailure("a file of history has been replaced or cut off: " + newest);
    }

    private void expectFailure(String why) {
        assertThat(files.log().log().failure()).isEmpty();
        files.log().log().retention().sweep();
        files.log().log().retention().sweep();

        assertThat(files.log().log().failure()).hasValue(why);
        assertThat(lines.with("SEVERE " + why)).hasSize(1);
        assertThatExceptionOfType(LogException.class).isThrownBy(() -> files.log().publish("a", "5"))
                .withMessage(why);
    }

    @Test
    void shouldNotFailWhileNothingIsDone() throws Exception {
        files.log().log().retention().sweep();

        assertThat(files.log().log().failure()).isEmpty();
        files.log().publish("a", "5");
        files.log().log().retention().sweep();
        assertThat(files.all()).hasSize(5);
    }
}
