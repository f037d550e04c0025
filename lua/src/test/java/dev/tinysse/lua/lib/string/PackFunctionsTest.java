package dev.tinysse.lua.lib.string;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.lib.support.LibraryFixture;
import org.junit.jupiter.api.Test;

class PackFunctionsTest {
    private final LibraryFixture lua = LibraryFixture.create();

    @Test
    void shouldPackIntegersInEitherByteOrder() {
        assertThat(lua.call("string.pack", "<i4>i4", 258, 258)).containsExactly("\2\1\0\0\0\0\1\2");
        assertThat(lua.call("string.unpack", "<i4>I2", "\2\1\0\0\u00ff\u00fe")).containsExactly(258L, 65534L, 7L);
        assertThat(lua.call("string.unpack", "b", "\u0080")).containsExactly(-128L, 2L);
    }

    @Test
    void shouldExtendTheSignBeyondEightBytes() {
        assertThat(lua.call("string.pack", "<i16", -2)).containsExactly("\u00fe" + "\u00ff".repeat(15));
        assertThat(lua.call("string.unpack", "<i16", "\u00fe" + "\u00ff".repeat(15))).containsExactly(-2L, 17L);
        assertThatThrownBy(() -> lua.call("string.unpack", "<I16", "\u00ff".repeat(16)))
                .hasMessage("16-byte integer does not fit into Lua Integer");
    }

    @Test
    void shouldPackFloatsAndStrings() {
        String packed = (String) lua.call("string.pack", "<fdzs1c4", 0.5, 0.1, "ab", "cd", "e").getFirst();
        assertThat(lua.call("string.unpack", "<fdzs1c4", packed)).containsExactly(0.5, 0.1, "ab", "cd", "e\0\0\0",
                packed.length() + 1L);
    }

    @Test
    void shouldAlign() {
        assertThat(lua.call("string.pack", "<!4 i1 i4", 1, 2)).containsExactly("\1\0\0\0\2\0\0\0");
        assertThat(lua.call("string.pack", "<!4 i1 !2 i4", 1, 2)).containsExactly("\1\0\2\0\0\0");
        assertThat(lua.call("string.packsize", "!8 b Xi8 i8")).containsExactly(16L);
        assertThat(lua.call("string.pack", "i1 x i1", 1, 2)).containsExactly("\1\0\2");
    }

    @Test
    void shouldReportNumbersThatDoNotFit() {
        assertThatThrownBy(() -> lua.call("string.pack", "b", 128)).hasMessageContaining("#2", "integer overflow");
        assertThatThrownBy(() -> lua.call("string.pack", "B", 256)).hasMessageContaining("unsigned overflow");
        assertThatThrownBy(() -> lua.call("string.pack", "s1", "x".repeat(256)))
                .hasMessageContaining("string length does not fit in given size");
        assertThatThrownBy(() -> lua.call("string.pack", "z", "a\0")).hasMessageContaining("string contains zeros");
        assertThatThrownBy(() -> lua.call("string.pack", "c1", "ab"))
                .hasMessageContaining("string longer than given size");
    }

    @Test
    void shouldReportMalformedFormats() {
        assertThatThrownBy(() -> lua.call("string.pack", "i17", 1))
                .hasMessage("integral size (17) out of limits [1,16]");
        assertThatThrownBy(() -> lua.call("string.pack", "y", 1)).hasMessage("invalid format option 'y'");
        assertThatThrownBy(() -> lua.call("string.pack", "c", "x")).hasMessage("missing size for format option 'c'");
        assertThatThrownBy(() -> lua.call("string.pack", "X"))
                .hasMessageContaining("invalid next option for option 'X'");
        assertThatThrownBy(() -> lua.call("string.pack", "!4 i3 i3", 1, 2))
                .hasMessageContaining("format asks for alignment not power of 2");
        assertThatThrownBy(() -> lua.call("string.packsize", "s")).hasMessageContaining("variable-length format");
        assertThatThrownBy(() -> lua.call("string.packsize", "c200000000".repeat(11)))
                .hasMessageContaining("format result too large");
    }

    @Test
    void shouldReportDataThatIsTooShort() {
        assertThatThrownBy(() -> lua.call("string.unpack", "i4", "abc")).hasMessageContaining("data string too short");
        assertThatThrownBy(() -> lua.call("string.unpack", "s1", "\5ab")).hasMessageContaining("data string too short");
        assertThatThrownBy(() -> lua.call("string.unpack", "z", "abc"))
                .hasMessageContaining("unfinished string for format 'z'");
        assertThatThrownBy(() -> lua.call("string.unpack", "b", "abc", 5))
                .hasMessageContaining("initial position out of string");
    }
}
