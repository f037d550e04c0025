package dev.tinysse.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.files.ByteRange.BeyondEnd;
import dev.tinysse.server.files.ByteRange.Part;
import dev.tinysse.server.files.ByteRange.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    private static final String HUGE = "99999999999999999999999999";

    @ParameterizedTest
    @CsvSource({"0-3,0,3", "4-,4,9", "-2,8,9", "9-9,9,9", "5-100,5,9", "0-" + HUGE + ",0,9",
            "00000000000000000001-1,1,1",
            "-10,0,9", "-100,0,9", "-" + HUGE + ",0,9", "' 0-3 ',0,3"})
    void shouldKeepToTheFile(String range, long first, long last) {
        assertThat(ByteRange.of("bytes=" + range, 10)).isEqualTo(new Part(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10-", "10-20", "-0", HUGE + "-", HUGE + "-" + HUGE})
    void shouldTellARangeBeyondTheEnd(String range) {
        assertThat(ByteRange.of("bytes=" + range, 10)).isEqualTo(new BeyondEnd());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,3-4", "bytes=0-1, -2", "lines=0-3", "bytes=5-2", "bytes=-", "bytes=", "bytes",
            "bytes=a-b", "bytes=1", "bytes=--1", "bytes=+1-2", "bytes=0x1-2", "bytes 0-3", "", "bytes=\u0661-\u0662"})
    void shouldIgnoreWhatIsNotOneRangeOfBytes(String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new Whole());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bytes=0-3", "BYTES=0-3"})
    void shouldTakeTheUnitInAnyCase(String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new Part(0, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-", "0-0", "-0"})
    void shouldHaveNoByteInAnEmptyFile(String range) {
        assertThat(ByteRange.of("bytes=" + range, 0)).isEqualTo(new BeyondEnd());
    }

    @Test
    void shouldGiveTheEndOfAnEmptyFileAsAWhole() {
        assertThat(ByteRange.of("bytes=-5", 0)).isEqualTo(new Whole());
    }
}
