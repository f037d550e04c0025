package dev.tinysse.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.tck.LogRig;
import dev.tinysse.history.disk.RealFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FaultsTest {
    private final FaultyDisk disk = new FaultyDisk(false);
    private final LogLines lines = new LogLines();
    @TempDir
    private Path root;
    private FileRig files;

    @BeforeEach
    void begin() {
        files = new FileRig(root).with(disk);
    }

    @AfterEach
    void close() {
        disk.room(Long.MAX_VALUE);
        files.close();
        lines.close();
    }

    private LogException.Kind failure(String data) {
        int handedOn = files.log().followed().size();
        LogException failure = catchThrowableOfType(LogException.class,
                () -> files.log().publish("a", data));
        assertThat(files.log().followed()).hasSize(handedOn);
        return failure.kind();
    }

    @Test
    void shouldRefuseWhatThereIsNoRoomForAndGoOnWhenThereIs() throws Exception {
        files.log().keep(100);
        files.log().publish("a", "1");
        for (int room = 0; room < 300; room += 7) {
            disk.room(room);
            assertThat(failure("x".repeat(300))).isEqualTo(LogException.Kind.FULL);
            assertThat(files.log().log().failure()).isEmpty();
        }
        disk.room(Long.MAX_VALUE);
        files.log().publish("a", "2");

        assertThat(files.all()).containsExactly("1", "2");
        files.log().keep(100);
        assertThat(files.all()).containsExactly("1", "2");
        assertThat(files.isWhole("a", 0)).isTrue();
        assertThat(lines.with("truncated")).isEmpty();
    }

    @Test
    void shouldLeaveNothingOfAGroupThatDidNotFit() throws Exception {
        files.log().keep(100);
        files.log().publish("a", "1");
        disk.room(1000);
        List<Append.Item> items = List.of(LogRig.item("a", "2"), LogRig.item("a", "3"),
                LogRig.item("a", "x".repeat(1000)));
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(() -> files.log().append(new Append(items)));
        files.use(files.snapshot());
        files.log().keep(100);

        assertThat(files.all()).containsExactly("1");
    }

    @Test
    void shouldRefuseToBeginWithoutRoomButGoOnLater() throws Exception {
        files.log().keep(100);
        disk.room(50);
        assertThat(failure("1")).isEqualTo(LogException.Kind.FULL);
        disk.room(Long.MAX_VALUE);
        files.log().publish("a", "2");

        assertThat(files.all()).containsExactly("2");
    }

    @Test
    void shouldTakeNothingAfterAFailedSyncUntilItIsOpenedAgain() throws Exception {
        files.log().keep(100);
        files.log().publish("a", "1");
        disk.syncFails(true);
        assertThat(failure("2")).isEqualTo(LogException.Kind.FAILED);
        disk.syncFails(false);
        assertThat(failure("3")).isEqualTo(LogException.Kind.FAILED);

        assertThat(files.log().log().failure()).hasValueSatisfying(why -> assertThat(why).contains("sync failed"));
        assertThat(lines.with("SEVERE sync failed")).hasSize(1);
        assertThat(files.all()).containsExactly("1");
        files.log().keep(100);
        files.log().publish("a", "4");
        assertThat(files.all()).startsWith("1").endsWith("4").doesNotContain("3");
    }

    @Test
    void shouldTakeNothingAfterAFailedWrite() throws Exception {
        files.log().keep(100);
        files.log().publish("a", "1");
        disk.writeFails(true);
        assertThat(failure("2")).isEqualTo(LogException.Kind.FAILED);
        disk.writeFails(false);

        assertThat(failure("3")).isEqualTo(LogException.Kind.FAILED);
        files.log().keep(100);
        assertThat(files.all()).containsExactly("1");
    }

    @Test
    void shouldSyncOnceForAllThatHasComeMeanwhile() throws Exception {
        files.log().keep(1000);
        files.log().publish("a", "1");
        int before = disk.syncs();
        List<Append> appends = IntStream.range(0, 500)
                .mapToObj(i -> new Append(List.of(LogRig.item("a", "x" + i)))).toList();
        appends.forEach(files.log().log()::append);
        for (Append append : appends) {
            append.outcome().get();
        }

        assertThat(disk.syncs() - before).isLessThan(500);
        assertThat(files.all()).hasSize(501);
    }

    @Test
    void shouldNotSyncWhatIsOnlyToBeWritten() throws Exception {
        files.with(Durability.WRITTEN).log().keep(1000);
        files.log().publish("a", "1");
        int before = disk.syncs();
        files.log().publish("a", "2", "3");

        assertThat(disk.syncs()).isEqualTo(before);
    }

    @Test
    void shouldCutOffATornAppendWithOneWarningThatSaysHowMuch() throws Exception {
        files.log().keep(100);
        files.log().publish("a", "1", "2");
        files.use(files.snapshot());
        try (RealFile file = new RealFile(files.newest())) {
            Segment segment = new Segment(files.newest(), file, SegmentHeader.read(file).orElseThrow());
            file.write(ByteBuffer.wrap(new byte[]{1, 2, 3}), Tail.of(segment, 0, segment.size()).end() + 3);
        }
        files.log().keep(100);

        assertThat(files.all()).containsExactly("1", "2");
        assertThat(lines.with("WARNING")).hasSize(1).first().asString().contains("truncated 6 bytes");
        assertThat(files.isWhole("a", 0)).isTrue();
    }
}
