package dev.tinysse.lua.lib.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberScannerTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "-7, -7", "+7, 7", "9223372036854775807, 9223372036854775807",
            "-9223372036854775808, -9223372036854775808", "0xff, 255", "-0xff, -255", "0xffffffffffffffff, -1",
            "0x1ffffffffffffffff, -1", "0007, 7"})
    void shouldReadIntegers(String numeral, long number) {
        assertThat(NumberScannerTest.scan(numeral)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775808, 9223372036854775808", "-9223372036854775809, -9223372036854775809", "1.5, 1.5",
            ".5, 0.5", "5., 5", "1e2, 100", "1E+2, 100", "1e-2, 0.01", "0x.8p1, 1", "0xA.8, 10.5", "0x1p4, 16",
            "1e400, Infinity", "0.1, 0.1", "3.0000000000000000001, 3",
            "123456789012345678901234567890, 1.2345678901234568e29"})
    void shouldReadFloats(String numeral, double number) {
        assertThat(scan(numeral)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "0x", "0x.p1", "1e", "1e+", "1..2", "1.2.3", ".", "e5", "inf", "nan", "1_000",
            "1 2",
            "0x1p", "0x1pf", "1f", "1d", "--1", "٣"})
    void shouldRefuseWhatIsNoNumeral(String text) {
        assertThat(scan(text)).isNull();
    }

    @Test
    void shouldIgnoreSpaceAround() {
        assertThat(scan(" \t\n\u000b\f\r42 ")).isEqualTo(42L);
        assertThat(scan("4\0")).isNull();
    }

    @Test
    void shouldKeepTheSignOfZero() {
        assertThat(scan("-0.0")).isEqualTo(-0.0);
        assertThat(scan("-0")).isEqualTo(0L);
    }

    private static Number scan(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return NumberScanner.parse(bytes, 0, bytes.length);
    }
}
