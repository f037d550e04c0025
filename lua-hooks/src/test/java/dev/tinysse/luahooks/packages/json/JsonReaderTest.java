package dev.tinysse.luahooks.packages.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.LuaValue;

class JsonReaderTest {

    private final LuaRuntime runtime = new LuaRuntime();

    private LuaValue read(String text) {
        return JsonReader.read(runtime, Strings.of(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            ``|EOF while parsing a value at line 1 column 0
            nope|expected ident at line 1 column 2
            tru|EOF while parsing a value at line 1 column 3
            truex|trailing characters at line 1 column 5
            "abc|EOF while parsing a string at line 1 column 4
            [|EOF while parsing a list at line 1 column 1
            [1,|EOF while parsing a value at line 1 column 3
            [1,]|trailing comma at line 1 column 4
            [,1]|expected value at line 1 column 2
            [1 2]|expected `,` or `]` at line 1 column 4
            {|EOF while parsing an object at line 1 column 1
            {"a"|EOF while parsing an object at line 1 column 4
            {"a":|EOF while parsing a value at line 1 column 5
            {"a" 1}|expected `:` at line 1 column 6
            {"a":1,}|trailing comma at line 1 column 8
            {"a":1]|expected `,` or `}` at line 1 column 7
            {a:1}|key must be a string at line 1 column 2
            01|invalid number at line 1 column 2
            -01|invalid number at line 1 column 3
            -|EOF while parsing a value at line 1 column 1
            --1|invalid number at line 1 column 2
            1.|EOF while parsing a value at line 1 column 2
            1.e5|invalid number at line 1 column 3
            1e400|number out of range at line 1 column 5
            1_0|trailing characters at line 1 column 2
            "\\x"|invalid escape at line 1 column 3
            "\\u12"|EOF while parsing a string at line 1 column 6
            "\\u12G4"|invalid escape at line 1 column 7
            "\\ud800"|unexpected end of hex escape at line 1 column 8
            "\\udc00"|lone leading surrogate in hex escape at line 1 column 7
            "\\ud800\\u0041"|lone leading surrogate in hex escape at line 1 column 13
            """)
    void shouldSayWhatIsWrongAndWhere(String text, String message) {
        assertThatExceptionOfType(LuaException.class).isThrownBy(() -> read(text))
                .withMessage("deserialize error: " + message);
    }

    @Test
    void shouldCountLinesAndBytes() {
        assertThatExceptionOfType(LuaException.class).isThrownBy(() -> read("{\"a\":1,\r\n \"b\":\n  x}"))
                .withMessageEndingWith("expected value at line 3 column 3");
        assertThatExceptionOfType(LuaException.class).isThrownBy(() -> read("\"\u00e9\"x"))
                .withMessageEndingWith("trailing characters at line 1 column 5");
        assertThatExceptionOfType(LuaException.class).isThrownBy(() -> read("\"a\nb\""))
                .withMessageEndingWith(
                        "control character (\\u0000-\\u001F) found while parsing a string at line 2 column 0");
    }

    @Test
    void shouldRefuseWhatOnlyLooksLikeWhiteSpace() {
        for (String text : new String[]{"\ufeff1", "\u000b1", "1\0", "\u00a01", "\f1"}) {
            assertThatExceptionOfType(LuaException.class).isThrownBy(() -> read(text));
        }
    }

    @Test
    void shouldRefuseAWholeNumberBeyondTheRangeOfFloats() {
        assertThat(read("9".repeat(308))).isInstanceOf(LuaFloat.class);
        assertThatExceptionOfType(LuaException.class).isThrownBy(() -> read("9".repeat(5000)))
                .withMessage("deserialize error: number out of range at line 1 column 5000");
    }

    @Test
    void shouldKeepIntegersOf64BitsAndMakeFloatsOfTheRest() {
        assertThat(read("9223372036854775807")).isEqualTo(LuaInteger.of(Long.MAX_VALUE));
        assertThat(read("-9223372036854775808")).isEqualTo(LuaInteger.of(Long.MIN_VALUE));
        assertThat(read("9223372036854775808")).isEqualTo(LuaFloat.of(0x1p63));
        assertThat(read("1e2")).isEqualTo(LuaFloat.of(100));
        assertThat(read("-0")).isEqualTo(LuaFloat.of(-0.0));
        assertThat(read("1e-400")).isEqualTo(LuaFloat.of(0));
        assertThat(read("0.30000000000000004")).isEqualTo(LuaFloat.of(0.1 + 0.2));
    }

    @Test
    void shouldReadEscapes() {
        assertThat(read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00\\u0000\""))
                .isEqualTo(Strings.of("\"\\/\b\f\n\r\t\u00e9\ud83d\ude00\0"));
    }
}
