package dev.tinysse.lua.lib.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"%f, 3.14159265, 3.141593", "%.0f, 0.5, 0", "%.0f, 1.5, 2",
            "%.3f, 2.0005, 2.001",
            "%.20f, 0.1, 0.10000000000000000555", "%5.1f|, 9.96, \" 10.0|\"", "%-8.2f|, 3.14159, \"3.14    |\"",
            "%08.2f, -3.14159, -0003.14", "%+.1f, 2, +2.0", "% .1f, 2, \" 2.0\"", "%#.0f, 3, 3.",
            "%.0f, 9223372036854775808, 9223372036854775808", "%.99f, 1e-5, "
                    + "0.000010000000000000000818030539140313095458623138256371021270751953125000000000000000000000000000000"})
    void shouldWriteFixedFloats(String format, double number, String text) {
        assertThat(format(format, number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"%e, 12345.678, 1.234568e+04", "%.0e, 15, 2e+01", "%E, 1e-10, 1.000000E-10", "%.3e, 9.9996, 1.000e+01",
            "%e, 0, 0.000000e+00", "%#.0e, 1, 1.e+00", "%.20e, 1e100, 1.00000000000000001590e+100"})
    void shouldWriteScientificFloats(String format, double number, String text) {
        assertThat(format(format, number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"%g, 1e20, 1e+20", "%g, 100000, 100000", "%g, 1000000, 1e+06", "%g, 0.0001, 0.0001",
            "%g, 0.00001, 1e-05",
            "%#g, 1, 1.00000", "%.3g, 0.00012345, 0.000123", "%.17g, 0.1, 0.10000000000000001", "%G, 1e-10, 1E-10",
            "%.0g, 25, 2e+01", "%g, 0, 0"})
    void shouldWriteTheShorterStyle(String format, double number, String text) {
        assertThat(format(format, number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"%a, 1, 0x1p+0", "%a, 0.5, 0x1p-1", "%A, 255.75, 0X1.FF8P+7", "%.1a, 1.96875, 0x2.0p+0",
            "%.3a, 1, 0x1.000p+0",
            "%a, 0, 0x0p+0", "%a, 4.9e-324, 0x0.0000000000001p-1022", "%012a, 1, 0x0000001p+0"})
    void shouldWriteHexadecimalFloats(String format, double number, String text) {
        assertThat(format(format, number)).isEqualTo(text);
    }

    @Test
    void shouldFillInfinityWithSpacesAlone() {
        assertThat(format("%05.1f", Double.POSITIVE_INFINITY)).isEqualTo("  inf");
        assertThat(format("%F", Double.NEGATIVE_INFINITY)).isEqualTo("-INF");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"%d, -42, -42", "%05d, 42, 00042", "%+d, 42, +42",
            "%-5d|, 42, \"42   |\"",
            "%.5d, 42, 00042", "%8.5d, -42, \"  -00042\"", "%.0d, 0, \"\"", "%i, 7, 7", "%x, 255, ff", "%X, 255, FF",
            "%#x, 255, 0xff", "%x, -1, ffffffffffffffff", "%o, 8, 10", "%#o, 8, 010", "%u, -1, 18446744073709551615",
            "%08x, 255, 000000ff", "%d, -9223372036854775808, -9223372036854775808"})
    void shouldWriteIntegers(String format, long number, String text) {
        ByteBuilder out = new ByteBuilder();
        int end = format.indexOf('|') < 0 ? format.length() : format.indexOf('|');
        IntegerFormat.format(out, spec(format.substring(0, end)), number);
        out.append(format.substring(end));
        assertThat(string(out)).isEqualTo(text);
    }

    @Test
    void shouldRefuseMoreThanTwoDigitsOfWidthOrPrecision() {
        assertThatThrownBy(() -> spec("%0123d").check("-+0 ", true))
                .hasMessage("invalid conversion specification: '%0123d'");
        assertThatThrownBy(() -> spec("%.123d").check("-+0 ", true))
                .hasMessage("invalid conversion specification: '%.123d'");
        assertThatThrownBy(() -> spec("%#s").check("-", true)).hasMessage("invalid conversion specification: '%#s'");
        assertThatThrownBy(() -> spec("%.3c").check("-", false)).hasMessage("invalid conversion specification: '%.3c'");
    }

    @Test
    void shouldRefuseSpecificationsThatAreTooLong() {
        assertThatThrownBy(() -> spec("%0000000000000000000000d")).hasMessage("invalid format (too long)");
    }

    private static String format(String format, double number) {
        int end = format.indexOf('|') < 0 ? format.length() : format.indexOf('|');
        ByteBuilder out = new ByteBuilder();
        FloatFormat.format(out, spec(format.substring(0, end)), number);
        return string(out.append(format.substring(end)));
    }

    private static FormatSpec spec(String format) {
        byte[] bytes = format.getBytes(StandardCharsets.ISO_8859_1);
        return FormatSpec.read(bytes, 0, bytes.length);
    }

    private static String string(ByteBuilder out) {
        return new String(out.toBytes(), StandardCharsets.ISO_8859_1);
    }
}
