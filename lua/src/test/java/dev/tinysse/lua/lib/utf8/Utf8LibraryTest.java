package dev.tinysse.lua.lib.utf8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.lib.support.LibraryFixture;
import dev.tinysse.lua.operation.Indexing;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8LibraryTest {
    private static final String EURO = "\u00e2\u0082\u00ac";

    private final LibraryFixture lua = LibraryFixture.create();

    @Test
    void shouldWriteAndReadCodes() {
        assertThat(lua.call("utf8.char", 97, 0x20AC, 0x7FFFFFFF))
                .containsExactly("a" + EURO + "\u00fd\u00bf\u00bf\u00bf\u00bf\u00bf");
        assertThat(lua.call("utf8.codepoint", "a" + EURO, 1, -1)).containsExactly(97L, 0x20ACL);
        assertThatThrownBy(() -> lua.call("utf8.char", -1))
                .hasMessage("bad argument #1 to 'utf8.char' (value out of range)");
    }

    @Test
    void shouldCountCharacters() {
        assertThat(lua.call("utf8.len", "a" + EURO + "b")).containsExactly(3L);
        assertThat(lua.call("utf8.len", "a\u0080")).containsExactly(null, 2L);
        assertThat(lua.call("utf8.len", "\u00ed\u00a0\u0080")).containsExactly(null, 1L);
        assertThat(lua.call("utf8.len", "\u00ed\u00a0\u0080", 1, -1, true)).containsExactly(1L);
        assertThatThrownBy(() -> lua.call("utf8.len", "abc", 5)).hasMessageContaining("initial position out of bounds");
    }

    @Test
    void shouldFindWhereCharactersStart() {
        assertThat(lua.call("utf8.offset", "a" + EURO + "b", 3)).containsExactly(5L);
        assertThat(lua.call("utf8.offset", "a" + EURO + "b", -2)).containsExactly(2L);
        assertThat(lua.call("utf8.offset", "a" + EURO + "b", 0, 3)).containsExactly(2L);
        assertThat(lua.call("utf8.offset", "a", 5)).containsExactly((Object) null);
        assertThatThrownBy(() -> lua.call("utf8.offset", EURO, 1, 2))
                .hasMessage("initial position is a continuation byte");
    }

    @Test
    void shouldIterateOverCodes() {
        List<Object> iteration = lua.call("utf8.codes", "a" + EURO);
        assertThat(lua.invoke(iteration.get(0), iteration.get(1), 0)).containsExactly(1L, 97L);
        assertThat(lua.invoke(iteration.get(0), iteration.get(1), 1)).containsExactly(2L, 0x20ACL);
        assertThat(lua.invoke(iteration.get(0), iteration.get(1), 2)).isEmpty();
        assertThatThrownBy(() -> lua.invoke(iteration.get(0), "\u00ff", 0)).hasMessage("invalid UTF-8 code");
        assertThatThrownBy(() -> lua.call("utf8.codes", "\u0080")).hasMessageContaining("invalid UTF-8 code");
    }

    @Test
    void shouldHaveAPatternForOneCharacter() {
        Object pattern = LibraryFixture
                .object(Indexing.index(lua.runtime, lua.runtime.globals().rawget("utf8"),
                        LibraryFixture.value("charpattern")));
        assertThat(lua.call("string.gsub", "a" + EURO, pattern, "-")).containsExactly("--", 2L);
    }
}
