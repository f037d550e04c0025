package dev.tinysse.lua.lib.string;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.lib.support.LibraryFixture;
import dev.tinysse.lua.runtime.CallState;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import org.junit.jupiter.api.Test;

class StringLibraryTest {
    private final LibraryFixture lua = LibraryFixture.create();

    @Test
    void shouldTakeSlicesFromEitherEnd() {
        assertThat(lua.call("string.sub", "hello", 2, -2)).containsExactly("ell");
        assertThat(lua.call("string.sub", "hello", -3)).containsExactly("llo");
        assertThat(lua.call("string.sub", "hello", 0)).containsExactly("hello");
        assertThat(lua.call("string.sub", "hello", 4, 2)).containsExactly("");
        assertThat(lua.call("string.sub", "hello", Long.MIN_VALUE, Long.MAX_VALUE)).containsExactly("hello");
    }

    @Test
    void shouldGiveBytesAsNumbers() {
        assertThat(lua.call("string.byte", "abc", 1, -1)).containsExactly(97L, 98L, 99L);
        assertThat(lua.call("string.byte", "\u00ff", 1)).containsExactly(255L);
        assertThat(lua.call("string.byte", "abc", 10)).isEmpty();
        assertThat(lua.call("string.char", 0, 255)).containsExactly("\0\u00ff");
        assertThatThrownBy(() -> lua.call("string.char", 1, 256))
                .hasMessage("bad argument #2 to 'string.char' (value out of range)");
    }

    @Test
    void shouldChangeTheCaseOfAsciiLettersAlone() {
        assertThat(lua.call("string.upper", "aZ\u00e91")).containsExactly("AZ\u00e91");
        assertThat(lua.call("string.lower", "aZ\u00c91")).containsExactly("az\u00c91");
    }

    @Test
    void shouldRepeatWithASeparator() {
        assertThat(lua.call("string.rep", "ab", 3, ",")).containsExactly("ab,ab,ab");
        assertThat(lua.call("string.rep", "x", 1, ",")).containsExactly("x");
        assertThat(lua.call("string.rep", "x", 0)).containsExactly("");
        assertThat(lua.call("string.rep", "", Long.MAX_VALUE)).containsExactly("");
        assertThat(lua.call("string.rep", "ab", 1000).getFirst()).isEqualTo("ab".repeat(1000));
    }

    @Test
    void shouldRefuseStringsThatNoArrayHolds() {
        assertThatThrownBy(() -> lua.call("string.rep", "x", 10_000_000_000L)).hasMessage("resulting string too large");
        assertThatThrownBy(() -> lua.call("string.rep", "xx", 1L << 62, "yy")).hasMessage("resulting string too large");
    }

    @Test
    void shouldReplaceByTemplateTableAndFunction() {
        assertThat(lua.call("string.gsub", "hello world", "(o)(.?)", "%2%1%0%%")).containsExactly("hell oo %wroor%ld",
                2L);
        Table names = lua.runtime.newTable();
        names.rawset(Strings.of("name"), Strings.of("Bob"));
        assertThat(lua.call("string.gsub", "$name $age", "%$(%w+)", names)).containsExactly("Bob $age", 2L);
        assertThat(lua.call("string.gsub", "abc", "%w", lua.function(args -> LibraryFixture.value(false))))
                .containsExactly("abc",
                        3L);
        assertThat(lua.call("string.gsub", "abc", "", "-")).containsExactly("-a-b-c-", 4L);
        assertThat(lua.call("string.gsub", "aaa", "a", "b", 2)).containsExactly("bba", 2L);
        assertThat(lua.call("string.gsub", "aaa", "^a", "b")).containsExactly("baa", 1L);
    }

    @Test
    void shouldReportReplacementsThatCannotBe() {
        assertThatThrownBy(() -> lua.call("string.gsub", "a", "a", "%x"))
                .hasMessage("invalid use of '%' in replacement string");
        assertThatThrownBy(() -> lua.call("string.gsub", "a", "a", "%2")).hasMessage("invalid capture index %2");
        assertThatThrownBy(() -> lua.call("string.gsub", "a", "a", lua.function(args -> lua.table())))
                .hasMessage("invalid replacement value (a table)");
        assertThatThrownBy(() -> lua.call("string.gsub", "a", "a", true))
                .hasMessage("bad argument #3 to 'string.gsub' (string/function/table expected, got boolean)");
    }

    @Test
    void shouldFindPlainTextAndPatterns() {
        assertThat(lua.call("string.find", "a.b", ".", 1, true)).containsExactly(2L, 2L);
        assertThat(lua.call("string.find", "key=val", "(%w+)=(%w+)")).containsExactly(1L, 7L, "key", "val");
        assertThat(lua.call("string.find", "abc", "b", -1)).containsExactly((Object) null);
        assertThat(lua.call("string.find", "", "", 10)).containsExactly((Object) null);
        assertThat(lua.call("string.match", "2024-01-02", "(%d+)-(%d+)", 3)).containsExactly("24", "01");
    }

    @Test
    void shouldIterateOverMatches() {
        Object iterator = lua.call("string.gmatch", "a1b2", "(%a)(%d)").getFirst();
        assertThat(lua.invoke(iterator)).containsExactly("a", "1");
        assertThat(lua.invoke(iterator)).containsExactly("b", "2");
        assertThat(lua.invoke(iterator)).isEmpty();
        Object empty = lua.call("string.gmatch", "\n\n", "\n*").getFirst();
        assertThat(lua.invoke(empty)).containsExactly("\n\n");
        assertThat(lua.invoke(empty)).isEmpty();
        Object late = lua.call("string.gmatch", "abc", "%w", 3).getFirst();
        assertThat(lua.invoke(late)).containsExactly("c");
    }

    @Test
    void shouldFormatEachArgument() {
        assertThat(lua.call("string.format", "%5.2f|%-5s|%03d|%c|%s %s", 3.14159, "ab", 7, 65, null, true))
                .containsExactly(" 3.14|ab   |007|A|nil true");
        assertThat(lua.call("string.format", "%d %s %x", "10", 1.0, 255)).containsExactly("10 1.0 ff");
        assertThat(lua.call("string.format", "100%%")).containsExactly("100%");
        assertThat(lua.call("string.format", "%p", 1)).containsExactly("(null)");
    }

    @Test
    void shouldQuoteSoThatItReadsBack() {
        assertThat(lua.call("string.format", "%q", "a\"\\\n\0" + "1\u00ff"))
                .containsExactly("\"a\\\"\\\\\\\n\\0001\u00ff\"");
        assertThat(lua.call("string.format", "%q %q", 0.1, Long.MIN_VALUE))
                .containsExactly("0x1.999999999999ap-4 0x8000000000000000");
        assertThat(lua.call("string.format", "%q", 1 / 0.0)).containsExactly("1e9999");
        assertThatThrownBy(() -> lua.call("string.format", "%q", lua.table()))
                .hasMessageContaining("value has no literal form");
    }

    @Test
    void shouldReportFormatsAndArgumentsThatDoNotFit() {
        assertThatThrownBy(() -> lua.call("string.format", "%d", 3.5))
                .hasMessage("bad argument #2 to 'string.format' (number has no integer representation)");
        assertThatThrownBy(() -> lua.call("string.format", "%d"))
                .hasMessage("bad argument #2 to 'string.format' (no value)");
        assertThatThrownBy(() -> lua.call("string.format", "%y", 1)).hasMessage("invalid conversion '%y' to 'format'");
        assertThatThrownBy(() -> lua.call("string.format", "%5q", 1))
                .hasMessage("specifier '%q' cannot have modifiers");
        assertThatThrownBy(() -> lua.call("string.format", "%5s", "a\0b"))
                .hasMessageContaining("string contains zeros");
    }

    @Test
    void shouldMakeNoBytecode() {
        assertThatThrownBy(() -> lua.call("string.dump", lua.function(args -> args.all())))
                .hasMessage("unable to dump given function");
    }

    @Test
    void shouldCalculateWithNumeralsByTheMetatable() {
        Table metatable = lua.runtime.metatable(Strings.EMPTY);
        assertThat(lua.invoke(metatable.rawget("__add"), "10", 5)).containsExactly(15L);
        assertThat(lua.invoke(metatable.rawget("__div"), "1", "2")).containsExactly(0.5);
        assertThat(lua.invoke(metatable.rawget("__unm"), "0x10", "0x10")).containsExactly(-16L);
        assertThatThrownBy(() -> lua.invoke(metatable.rawget("__mul"), "x", 2))
                .hasMessage("attempt to mul a 'string' with a 'number'");
    }

    @Test
    void shouldStopASearchThatWouldRunWithoutEnd() {
        lua.runtime.budget().stop("time is over", () -> true);
        assertThatThrownBy(() -> lua.call("string.find", "a".repeat(30), "a?".repeat(30) + "a".repeat(30) + "b"))
                .isInstanceOf(LuaException.class).hasMessage("time is over");
    }

    @Test
    void shouldNotTakeMoreThanTheAllowance() {
        CallState outer = lua.runtime.begin(1 << 20);
        try {
            assertThatThrownBy(() -> lua.call("string.rep", "x", 1 << 21)).hasMessage("not enough memory");
        } finally {
            lua.runtime.resume(outer);
        }
    }
}
