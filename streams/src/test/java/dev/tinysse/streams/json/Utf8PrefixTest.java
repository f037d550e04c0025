package dev.tinysse.streams.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Utf8PrefixTest {
    @Test
    void shouldNotSplitACharacter() {
        byte[] text = "a\u00e4\u20ac\ud83d\ude00".getBytes(UTF_8); // of 1, 2, 3 and 4 bytes
        int[] ends = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};

        for (int end = 0; end <= text.length; end++) {
            assertThat(Utf8Prefix.wholeEnd(text, 0, end)).as("of %d bytes", end).isEqualTo(ends[end]);
        }
    }

    @Test
    void shouldTakeWhatIsNoCharacterAsItIs() {
        assertThat(Utf8Prefix.wholeEnd(new byte[]{'a', (byte) 0x80, (byte) 0x80}, 0, 3)).isEqualTo(3);
        assertThat(Utf8Prefix.wholeEnd(new byte[]{'a', (byte) 0xff}, 0, 2)).isEqualTo(2);
        assertThat(Utf8Prefix.wholeEnd(new byte[]{(byte) 0xe2, 'a'}, 0, 2)).isEqualTo(2);
    }
}
