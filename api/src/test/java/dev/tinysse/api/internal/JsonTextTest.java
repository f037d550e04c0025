package dev.tinysse.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

    @ParameterizedTest
    @CsvSource({"0, 0.0", "-0.0, -0.0", "1, 1.0", "0.1, 0.1", "1e15, 1000000000000000.0", "1e16, 1e16",
            "1.5e300, 1.5e300", "1e-5, 0.00001", "1e-6, 1e-6", "-2.5e-7, -2.5e-7"})
    void shouldWriteNumbersWithAPointOrAnExponent(double value, String text) {
        assertThat(JsonText.number(value)).isEqualTo(text);
    }

    @Test
    void shouldWriteNumbersThatReadBackEqual() {
        Random random = new Random(1);
        random.longs(10_000).mapToDouble(Double::longBitsToDouble).filter(Double::isFinite)
                .forEach(value -> assertThat(Double.parseDouble(JsonText.number(value))).isEqualTo(value));
    }

    @Test
    void shouldEscapeQuoteBackslashAndControlCharactersAlone() {
        for (int c = -128; c < 0x3000; c++) {
            assertThat(JsonText.isEscaped(c)).as("character %d", c)
                    .isEqualTo(c == '"' || c == '\\' || c >= 0 && c < 32);
        }
        assertThat(JsonText.escape('\n')).isEqualTo("\\n");
        assertThat(JsonText.escape(0x1f)).isEqualTo("\\u001f");
        assertThat(JsonText.escape(7)).isEqualTo("\\u0007");
    }
}
