package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.cli.UsageException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistorySettingsTest {
    @Test
    void shouldKeepNothingByDefault() throws UsageException {
        assertThat(Reading.flags().history().isEnabled()).isFalse();
        assertThat(Reading.flags().http().channels()).isFalse();
    }

    @Test
    void shouldKeepLessInMemoryThanInFiles() throws UsageException {
        assertThat(Reading.flags("--history", "10").history().bytes(1L << 40)).isEqualTo(64_000_000);
        assertThat(Reading.flags("--history", "10").history().bytes(64_000_000)).isEqualTo(16_000_000);
        assertThat(Reading.flags("--history", "10", "--data-dir", "d").history().bytes(1 << 20))
                .isEqualTo(1_000_000_000);
        assertThat(Reading.flags("--history", "10", "--history-size", "2MiB").history().bytes(1 << 20))
                .isEqualTo(2 << 20);
    }

    @Test
    void shouldPromiseTheMostUnlessToldOtherwise() throws UsageException {
        String[] inFiles = {"--history", "10", "--data-dir", "d"};
        assertThat(Reading.flags(inFiles).history().level()).isEqualTo(Durability.SYNCED);
        assertThat(Reading.settings(List.of(inFiles), Map.of("TINYSSE_DURABILITY", "written")).history().level())
                .isEqualTo(Durability.WRITTEN);
    }

    @Test
    void shouldReadTheAge() throws UsageException {
        assertThat(Reading.flags("--history", "10", "--history-age", "1h").history().age())
                .contains(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"data-dir, d", "history-age, 0s", "history-size, 1MB", "durability, synced"})
    void shouldRefuseWhatIsAboutAHistoryThatIsNotThere(String name, String value) {
        String rule = name + " needs a history, and there is history=0: " + name + "=" + value;
        assertThat(Reading.errorOf("--" + name, value)).isEqualTo(rule + " (from --" + name + ")");
        assertThat(Reading.error(List.of("--history", "0"), Map.of("TINYSSE_" + variable(name), value)))
                .isEqualTo(rule + " (from TINYSSE_" + variable(name) + ")");
    }

    @Test
    void shouldRefuseADurabilityInMemory() {
        assertThat(Reading.errorOf("--history", "1", "--durability", "written"))
                .isEqualTo("durability needs a data-dir, and there is none: durability=written (from --durability)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pub-path", "sub-path"})
    void shouldRefuseFilesWhereEveryFirstSegmentIsAChannel(String path) throws UsageException {
        String[] flags = {"--channels", "--serve-static-dir", "d", "--" + path, "/"};
        assertThat(Reading.errorOf(flags)).isEqualTo("serve-static-dir is not possible with channels and " + path
                + "=/: serve-static-dir=d (from --serve-static-dir)");
        assertThat(Reading.flags("--serve-static-dir", "d", "--" + path, "/").serveStatic().dir()).contains("d");
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
