package dev.tinysse.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.tck.LogRig;
import dev.tinysse.history.disk.FileIdentity;
import dev.tinysse.history.disk.ProgressNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(200)
class TornAndDamagedTest {
    private static final List<String> ALL = List.of("1", "2", "3", "4", "5", "6");
    private static final List<String> CHANNELS = List.of("a", "b", "a", "a", "a", "b");

    @TempDir
    private Path root;
    private final LogLines lines = new LogLines();
    private FileRig files;
    private byte[] content;
    private List<Long> positions;

    /** Two channels, and a request of two messages with a key at the end. */
    @BeforeEach
    void write() throws Exception {
        files = new FileRig(root);
        files.log().keep(100);
        files.log().publish("a", "1");
        files.log().publish("b", "2");
        files.log().publish("a", "3", "4");
        files.log().append(LogRig.once(LogRig.key("a", "key", "digest"), LogRig.item("a", "5"),
                LogRig.item("b", "6")));
        positions = files.log().followed().stream().map(LogRecord::position).toList();
        files.use(files.snapshot());
        content = Files.readAllBytes(files.newest());
        content = Arrays.copyOf(content, end() + 64);
    }

    @AfterEach
    void close() {
        files.close();
        lines.close();
    }

    private int end() {
        int end = content.length;
        while (content[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private void open(byte[] changed) throws Exception {
        files.close();
        for (Path segment : files.segments()) {
            Files.delete(segment);
        }
        Path first = files.directory().resolve("00000001.log");
        Files.write(first, changed);
        manifest();
        files.log().keep(100);
    }

    /** The manifest of a log that has this one segment. */
    private void manifest() throws IOException {
        Path file = files.directory().resolve("manifest");
        Manifest manifest = Manifest.parse(Files.readString(file)).orElseThrow();
        Files.writeString(file, new Manifest(manifest.epoch(), List.of(), "boot-1", true, Durability.SYNCED,
                new FileIdentity(0, 0), List.of(new Manifest.Entry(1, 0, new FileIdentity(0, 0), 0, 0)),
                new Index.Forgotten(0, 0), new Index.Forgotten(0, 0), Map.of()).format());
        files.progress(ProgressNote.none());
    }

    @Test
    void shouldServeWhatIsWholeWhereverTheFileIsTorn() throws Exception {
        String epoch = files.log().log().epoch();
        for (int length = SegmentHeader.SIZE; length <= end(); length++) {
            byte[] torn = content.clone();
            Arrays.fill(torn, length, torn.length, (byte) 0);
            open(length % 2 == 0 ? torn : Arrays.copyOf(content, length));

            List<String> served = files.all();
            assertThat(served).as("torn at %d", length).isEqualTo(ALL.subList(0, served.size()));
            assertThat(served.size()).as("half of a request, torn at %d", length).isNotEqualTo(5);
            assertThat(files.log().log().epoch()).isEqualTo(epoch);
            for (int i = 0; i < served.size(); i++) {
                assertThat(files.isWhole("a", positions.get(i))).isTrue();
            }
            assertThat(files.log().publishOnce("a", "again", "key", "digest")).isInstanceOf(served.size() == 6
                    ? Append.Outcome.Repeated.class
                    : Append.Outcome.Committed.class);
            List<String> expected = served.size() == 6 ? ALL : concat(served, "again");
            assertThat(files.all()).isEqualTo(expected);
            files.log().keep(100);
            assertThat(files.all()).isEqualTo(expected);
        }
        assertThat(files.all()).isEqualTo(ALL);
    }

    private static List<String> concat(List<String> served, String last) {
        List<String> all = new ArrayList<>(served);
        all.add(last);
        return all;
    }

    @Test
    void shouldNeverServeADamagedRecordNorLoseOneWithoutAGap() throws Exception {
        for (int at = 0; at < end(); at++) {
            byte[] damaged = content.clone();
            damaged[at] ^= (byte) (at % 2 == 0 ? 1 : 0xFF);
            open(damaged);

            List<String> served = files.all();
            assertThat(ALL).as("damaged at %d", at).containsAll(served);
            assertThat(served).as("damaged at %d", at).isSorted().doesNotHaveDuplicates()
                    .hasSizeGreaterThanOrEqualTo(5);
            for (int i = 0; i < ALL.size(); i++) {
                boolean whole = files.isWhole(CHANNELS.get(i), positions.get(i) - 1);
                assertThat(whole && !served.contains(ALL.get(i)))
                        .as("%s is lost without a gap, damaged at %d", ALL.get(i), at).isFalse();
                assertThat(!whole && served.size() == 6).as("a gap though nothing is lost, damaged at %d", at)
                        .isFalse();
            }
        }
    }

    @Test
    void shouldTellOfADamagedRecordAfterTheNextRestartToo() throws Exception {
        byte[] damaged = content.clone();
        damaged[end() - 20] ^= 1;
        open(damaged);
        assertThat(files.all()).isEqualTo(ALL.subList(0, 5));
        files.log().publish("a", "7");
        files.log().keep(100);

        assertThat(files.all()).containsExactly("1", "2", "3", "4", "5", "7");
        assertThat(files.isWhole("b", positions.get(4))).isFalse();
        assertThat(files.isWhole("b", files.log().publish("a", "8").getFirst())).isTrue();
    }

    @Test
    void shouldNotTakeWhatAPublisherSendsForARecord() throws Exception {
        byte[] record = Arrays.copyOfRange(content, SegmentHeader.SIZE, end());
        files.log().keep(100);
        files.log().publish("a", new String(record, StandardCharsets.ISO_8859_1), "8");
        files.use(files.snapshot());
        Path newest = files.newest();
        try (FileChannel channel = FileChannel.open(newest, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[20]), end() + 4);
        }
        files.log().keep(100);

        assertThat(files.all()).containsExactly("1", "2", "3", "4", "5", "6", "8");
        assertThat(files.isWhole("a", positions.get(5))).isFalse();
    }
}
