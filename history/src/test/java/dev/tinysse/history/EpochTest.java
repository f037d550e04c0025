package dev.tinysse.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.Message;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.tck.LogRig;
import dev.tinysse.history.disk.RealDisk;
import dev.tinysse.history.disk.RealFile;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which logs go on with their epoch, and which begin a new one; and which are not opened at all. */
@Timeout(60)
class EpochTest {
    private final LogLines lines = new LogLines();
    @TempDir
    private Path root;
    private FileRig files;

    @BeforeEach
    void begin() {
        files = new FileRig(root);
    }

    @AfterEach
    void close() {
        files.close();
        lines.close();
    }

    private String write() throws LogException {
        files.log().keep(100);
        files.log().publish("a", "1", "2");
        return files.log().log().epoch();
    }

    private void expectNew(String epoch, boolean known, String... remaining) throws LogException {
        files.log().keep(100);
        assertThat(files.log().log().epoch()).isNotEqualTo(epoch);
        assertThat(files.log().log().hadEpoch(epoch)).isEqualTo(known);
        assertThat(files.all()).containsExactly(remaining);
        files.log().publish("a", "next");
        String second = files.log().log().epoch();
        files.log().keep(100);
        assertThat(files.log().log().epoch()).isEqualTo(second);
        assertThat(files.log().log().hadEpoch(epoch)).isEqualTo(known);
    }

    private void expectSame(String epoch) throws LogException {
        files.log().keep(100);
        assertThat(files.log().log().epoch()).isEqualTo(epoch);
        assertThat(files.all()).containsExactly("1", "2");
    }

    @Test
    void shouldGoOnAfterAStopWithSyncedThoughTheMachineWasStarted() throws Exception {
        String epoch = write();
        files.use(files.snapshot());
        files.with("boot-2");
        expectSame(epoch);
    }

    @Test
    void shouldGoOnAfterAKillWithWritten() throws Exception {
        files.with(Durability.WRITTEN);
        String epoch = write();
        files.use(files.snapshot());
        expectSame(epoch);
    }

    @Test
    void shouldBeginANewEpochWithWrittenWhenTheMachineLostPower() throws Exception {
        files.with(Durability.WRITTEN);
        String epoch = write();
        files.use(files.snapshot());
        files.with("boot-2");
        expectNew(epoch, true, "1", "2");
    }

    @Test
    void shouldGoOnWithWrittenWhenItWasClosedBeforeTheMachineStopped() throws Exception {
        files.with(Durability.WRITTEN);
        String epoch = write();
        files.close();
        files.with("boot-2");
        expectSame(epoch);
    }

    @Test
    void shouldBeginANewEpochInACopy() throws Exception {
        String epoch = write();
        Path copy = files.snapshot();
        files.use(copy);
        Files.copy(root.resolve("log/manifest"), copy.resolve("manifest"),
                StandardCopyOption.REPLACE_EXISTING);
        files.with(new RealDisk());
        expectNew(epoch, true, "1", "2");
        assertThat(lines.with("copied or restored")).hasSize(1);
    }

    @Test
    void shouldBeginANewEpochInACopyOnceThoughItIsKilledThen() throws Exception {
        write();
        Path copy = files.snapshot();
        files.close();
        files.move(copy);
        files.log().keep(100);
        String second = files.log().log().epoch();
        files.killed();
        files.log().keep(100);
        assertThat(files.log().log().epoch()).isEqualTo(second);
        assertThat(lines.with("copied or restored")).hasSize(1);
    }

    @Test
    void shouldReadWithIdsOfTheNewEpochAndLeaveThoseOfPublishers() throws Exception {
        write();
        String former = files.log().followed().getFirst().publication().message().id().orElseThrow();
        files.log().publish("a", Message.builder().id(former).data("sent on").build());
        files.log().publish("a", Message.builder().id("order-8").data("own").build());
        Path copy = files.snapshot();
        files.close();
        files.move(copy);
        files.log().keep(100);
        EventLog log = files.log().log();
        List<LogRecord> records = files.log().read(List.of("a"), 0, 100);

        assertThat(records).extracting(record -> record.publication().message().id().orElseThrow()).containsExactly(
                EventId.of(log.epoch(), records.get(0).position()).toString(),
                EventId.of(log.epoch(), records.get(1).position()).toString(), former, "order-8");
        assertThat(log.retention().histories(ChannelSet.of(List.of("a"))).get("a").oldest())
                .isEqualTo(EventId.of(log.epoch(), records.get(0).position()).toString());
        assertThat(log.find(ChannelSet.of(List.of("a")), former)).hasValue(records.get(2).position());
    }

    @Test
    void shouldGoOnInADirectoryThatWasMoved() throws Exception {
        String epoch = write();
        files.close();
        Path moved = Files.move(files.directory(), root.resolve("moved"));
        files.move(moved);
        expectSame(epoch);
    }

    @Test
    void shouldBeginANewEpochWhenAFileIsMissing() throws Exception {
        String epoch = write();
        files.close();
        Files.delete(files.newest());
        expectNew(epoch, true);
        assertThat(lines.with("is missing")).hasSize(1);
    }

    @Test
    void shouldBeginANewEpochWhenEverythingIsGone() throws Exception {
        String epoch = write();
        files.close();
        try (Stream<Path> all = Files.list(files.directory())) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Files.delete(file);
            }
        }
        expectNew(epoch, false);
    }

    @Test
    void shouldBeginANewEpochWhenTheManifestIsDamaged() throws Exception {
        String epoch = write();
        files.close();
        Path manifest = files.directory().resolve("manifest");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[30] ^= 1;
        Files.write(manifest, bytes);
        expectNew(epoch, false, "1", "2");
    }

    @Test
    void shouldBeginANewEpochWhenTheBeginOfAFileIsDamaged() throws Exception {
        String epoch = write();
        files.close();
        try (RealFile file = new RealFile(files.newest())) {
            file.write(ByteBuffer.allocate(SegmentHeader.SIZE), 0);
        }
        expectNew(epoch, true);
    }

    @Test
    void shouldNotReadAnotherFormat() throws Exception {
        write();
        files.close();
        try (RealFile file = new RealFile(files.newest())) {
            file.write(new SegmentHeader(2, 1, 0, 7).bytes(), 0);
        }

        assertThatExceptionOfType(LogException.class).isThrownBy(() -> files.log().keep(100))
                .withMessageContaining("has format 2");
    }

    @Test
    void shouldNameADirectoryThatIsInUse() throws Exception {
        write();
        try (LogRig other = new LogRig(config -> new FileLogProvider().open(files.directory().toUri(), config))) {
            assertThatExceptionOfType(LogException.class).isThrownBy(() -> other.keep(1))
                    .withMessageContaining("in use").withMessageContaining(files.directory().toString())
                    .withMessageContaining(String.valueOf(ProcessHandle.current().pid()));
        }
    }

    @Test
    void shouldMakeADirectoryForTheOwnerAlone() throws Exception {
        write();
        assertThat(Files.getPosixFilePermissions(files.directory())).containsExactlyInAnyOrder(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    }

    @Test
    void shouldNameADirectoryThatCannotBeUsed() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        LogConfig config = new LogConfig(1, Duration.ZERO, 1, InstantSource.system());

        assertThatExceptionOfType(LogException.class)
                .isThrownBy(() -> new FileLogProvider().open(file.resolve("sub").toUri(), config))
                .withMessageContaining(file.toString());
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(() -> new FileLogProvider().open(URI.create(root.toUri() + "?durability=none"), config))
                .withMessageContaining("durability must be synced or written");
    }
}
