package dev.tinysse.lua.lib.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FloatTextTest {

    @Test
    void shouldWriteFloatsThatReadAsIntegersWithAPoint() {
        assertThat(text(3)).isEqualTo("3.0");
        assertThat(text(-0.0)).isEqualTo("-0.0");
        assertThat(text(99_999_999_999_999.0)).isEqualTo("99999999999999.0");
        assertThat(text(48203663167453.04)).isEqualTo("48203663167453.0");
    }

    @Test
    void shouldKeepFourteenDigits() {
        assertThat(text(0.1)).isEqualTo("0.1");
        assertThat(text(1.0 / 3)).isEqualTo("0.33333333333333");
        assertThat(text(Math.PI)).isEqualTo("3.1415926535898");
        assertThat(text(123456789.123)).isEqualTo("123456789.123");
    }

    @Test
    void shouldUseAnExponentFromFifteenDigitsOn() {
        assertThat(text(1e14)).isEqualTo("1e+14");
        assertThat(text(0x1p53)).isEqualTo("9.007199254741e+15");
        assertThat(text(1e100)).isEqualTo("1e+100");
        assertThat(text(0.0001)).isEqualTo("0.0001");
        assertThat(text(0.00001)).isEqualTo("1e-05");
    }

    @Test
    void shouldRoundSubnormalNumbersFromTheirExactValue() {
        assertThat(text(Double.MIN_VALUE)).isEqualTo("4.9406564584125e-324");
    }

    @Test
    void shouldRoundTiesOfTheExactValueToEven() {
        assertThat(text(1000000000000.25)).isEqualTo("1000000000000.2");
        assertThat(text(1000000000000.75)).isEqualTo("1000000000000.8");
    }

    @Test
    void shouldNameWhatIsNoNumber() {
        assertThat(text(Double.POSITIVE_INFINITY)).isEqualTo("inf");
        assertThat(text(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
        assertThat(text(Double.longBitsToDouble(0x7ff8000000000000L))).isEqualTo("nan");
        assertThat(text(Double.longBitsToDouble(0xfff8000000000000L))).isEqualTo("-nan");
    }

    private static String text(double number) {
        return new String(FloatText.of(number), StandardCharsets.ISO_8859_1);
    }
}
