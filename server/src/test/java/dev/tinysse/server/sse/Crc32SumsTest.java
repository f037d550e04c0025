package dev.tinysse.server.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Crc32SumsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 4095, 4096, 99_999, 100_000})
    void shouldJoinTheSumsOfTwoTexts(int cut) {
        byte[] text = new byte[100_000];
        new Random(cut).nextBytes(text);
        int first = sum(Arrays.copyOf(text, cut));
        int second = sum(Arrays.copyOfRange(text, cut, text.length));
        assertThat(Crc32Sums.joined(first, second, Crc32Sums.shift(text.length - cut))).isEqualTo(sum(text));
    }

    private static int sum(byte[] text) {
        CRC32 sum = new CRC32();
        sum.update(text);
        return (int) sum.getValue();
    }
}
