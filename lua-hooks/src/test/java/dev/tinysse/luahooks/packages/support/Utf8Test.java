package dev.tinysse.luahooks.packages.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.lua.value.Strings;
import org.junit.jupiter.api.Test;

class Utf8Test {

    private static String message(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return Utf8.diagnostic(Strings.of(all));
    }

    @Test
    void shouldFindNothingWrongWithAnyCharacter() {
        assertThat(Utf8.diagnostic(Strings.of("a\0\u007f\u0080\u07ff\u0800\ufffd\uffff\ud83d\ude00"))).isEmpty();
        assertThat(Utf8.diagnostic(Strings.of("\u20ac".repeat(5000) + "\ud83d\ude00".repeat(5000)))).isEmpty();
        assertThat(Utf8.diagnostic(Strings.EMPTY)).isEmpty();
    }

    @Test
    void shouldTellWhereItGoesWrong() {
        assertThat(message('a', 0xff)).isEqualTo("invalid utf-8 sequence of 1 bytes from index 1");
        assertThat(message(0xc0, 0x80)).isEqualTo("invalid utf-8 sequence of 1 bytes from index 0");
        assertThat(message(0xe2, 0x82, 'x')).isEqualTo("invalid utf-8 sequence of 2 bytes from index 0");
        assertThat(message(0xed, 0xa0, 0x80)).startsWith("invalid utf-8 sequence").endsWith("from index 0");
        assertThat(message('a', 0xe2, 0x82)).isEqualTo("incomplete utf-8 byte sequence from index 1");
    }

    @Test
    void shouldCountFromTheStartOfTheString() {
        byte[] bytes = ("x".repeat(3000) + "\u20ac\u00ff").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = 'y';
        assertThat(Utf8.diagnostic(Strings.of(bytes).substring(10, bytes.length)))
                .isEqualTo("invalid utf-8 sequence of 1 bytes from index 2993");
    }
}
