package dev.tinysse.lua.lib.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    @ParameterizedTest
    @ValueSource(ints = {0, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x1fffff, 0x200000, 0x3ffffff, 0x4000000,
            0x7fffffff})
    void shouldReadWhatItWrites(int code) {
        ByteBuilder out = new ByteBuilder();
        Utf8.encode(out, code);
        long decoded = Utf8.decode(out.array(), 0, out.length(), false);
        assertThat(Utf8.code(decoded)).isEqualTo(code);
        assertThat(Utf8.next(decoded)).isEqualTo(out.length());
    }

    @Test
    void shouldRefuseSurrogatesAndLargeCodesWhenStrict() {
        byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] large = {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80};
        assertThat(Utf8.decode(surrogate, 0, 3, true)).isEqualTo(-1);
        assertThat(Utf8.decode(large, 0, 4, true)).isEqualTo(-1);
        assertThat(Utf8.code(Utf8.decode(surrogate, 0, 3, false))).isEqualTo(0xD800);
        assertThat(Utf8.code(Utf8.decode(large, 0, 4, false))).isEqualTo(0x110000);
    }

    @Test
    void shouldRefuseOverlongCutAndStrayBytes() {
        assertThat(Utf8.decode(new byte[]{(byte) 0xC0, (byte) 0x80}, 0, 2, false)).isEqualTo(-1);
        assertThat(Utf8.decode(new byte[]{(byte) 0xE2, (byte) 0x82}, 0, 2, false)).isEqualTo(-1);
        assertThat(Utf8.decode(new byte[]{(byte) 0x80}, 0, 1, false)).isEqualTo(-1);
        assertThat(Utf8.decode(new byte[]{(byte) 0xFF, (byte) 0x80}, 0, 2, false)).isEqualTo(-1);
        assertThat(Utf8.decode(new byte[]{(byte) 0xC3, 'a'}, 0, 2, false)).isEqualTo(-1);
    }
}
