package dev.tinysse.lua.lib.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.LibraryFixture;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

class BaseLibraryTest {
    private final LibraryFixture lua = LibraryFixture.create();

    @Test
    void shouldConvertToNumbersInAnyBase() {
        assertThat(lua.call("tonumber", "0x10")).containsExactly(16L);
        assertThat(lua.call("tonumber", "1e1")).containsExactly(10.0);
        assertThat(lua.call("tonumber", "x")).containsExactly((Object) null);
        assertThat(lua.call("tonumber", " -Zz ", 36)).containsExactly(-1295L);
        assertThat(lua.call("tonumber", "7fffffffffffffffff", 16)).containsExactly(-1L);
        assertThat(lua.call("tonumber", "12", 2)).containsExactly((Object) null);
        assertThatThrownBy(() -> lua.call("tonumber", "1", 99))
                .hasMessage("bad argument #2 to 'tonumber' (base out of range)");
        assertThatThrownBy(() -> lua.call("tonumber", 10, 16))
                .hasMessage("bad argument #1 to 'tonumber' (string expected, got number)");
        assertThatThrownBy(() -> lua.call("tonumber")).hasMessage("bad argument #1 to 'tonumber' (value expected)");
    }

    @Test
    void shouldSelectArgumentsFromEitherEnd() {
        assertThat(lua.call("select", "#", 1, null)).containsExactly(2L);
        assertThat(lua.call("select", 2, "a", "b", "c")).containsExactly("b", "c");
        assertThat(lua.call("select", -1, "a", "b", "c")).containsExactly("c");
        assertThat(lua.call("select", 5, "a")).isEmpty();
        assertThatThrownBy(() -> lua.call("select", 0)).hasMessage("bad argument #1 to 'select' (index out of range)");
        assertThatThrownBy(() -> lua.call("select", -2, 1)).hasMessageContaining("index out of range");
    }

    @Test
    void shouldNameTypes() {
        assertThat(lua.call("type", (Object) null)).containsExactly("nil");
        assertThat(lua.call("type", 1.5)).containsExactly("number");
        assertThat(lua.call("type", lua.table())).containsExactly("table");
        assertThat(lua.call("type", lua.function(args -> LuaValue.NONE))).containsExactly("function");
        assertThatThrownBy(() -> lua.call("type")).hasMessage("bad argument #1 to 'type' (value expected)");
    }

    @Test
    void shouldRaiseWhatIsAsserted() {
        assertThat(lua.call("assert", 1, null, "x")).containsExactly(1L, null, "x");
        assertThatThrownBy(() -> lua.call("assert", (Object) null)).hasMessage("assertion failed!");
        assertThatThrownBy(() -> lua.call("assert", false, "told")).hasMessage("told");
        Table thrown = lua.table();
        assertThatThrownBy(() -> lua.call("assert", false, thrown))
                .isInstanceOfSatisfying(LuaException.class, e -> assertThat(e.value()).isSameAs(thrown));
    }

    @Test
    void shouldProtectMetatables() {
        Table table = lua.table();
        Table metatable = lua.table();
        lua.call("setmetatable", table, metatable);
        assertThat(lua.call("getmetatable", table)).containsExactly(metatable);
        metatable.rawset("__metatable", Strings.of("locked"));
        assertThat(lua.call("getmetatable", table)).containsExactly("locked");
        assertThatThrownBy(() -> lua.call("setmetatable", table, null))
                .hasMessage("cannot change a protected metatable");
        assertThatThrownBy(() -> lua.call("setmetatable", 1, metatable))
                .hasMessage("bad argument #1 to 'setmetatable' (table expected, got number)");
        assertThatThrownBy(() -> lua.call("setmetatable", table, 1))
                .hasMessage("bad argument #2 to 'setmetatable' (nil or table expected, got number)");
    }

    @Test
    void shouldPassMetamethodsOverWhenRaw() {
        Table table = lua.table(1);
        table.metatable(LibraryTable.into(lua.runtime, lua.runtime.newTable()).add("__index", lua.table(1, 2, 3))
                .add("__len", args -> LuaInteger.of(42)).table());
        assertThat(lua.call("rawget", table, 2)).containsExactly((Object) null);
        assertThat(lua.call("rawlen", table)).containsExactly(1L);
        assertThat(lua.call("rawlen", "abc")).containsExactly(3L);
        assertThat(lua.call("rawequal", 1, 1.0)).containsExactly(true);
        assertThat(lua.call("rawset", table, 2, "x")).containsExactly(table);
        assertThatThrownBy(() -> lua.call("rawset", table, null, 1)).hasMessage("table index is nil");
        assertThatThrownBy(() -> lua.call("rawset", table, Double.NaN, 1)).hasMessage("table index is NaN");
        assertThatThrownBy(() -> lua.call("rawlen", 1))
                .hasMessage("bad argument #1 to 'rawlen' (table or string expected, got number)");
    }

    @Test
    void shouldTraverseTables() {
        Table table = lua.table("a");
        table.rawset("k", Strings.of("v"));
        assertThat(lua.call("next", table)).containsExactly(1L, "a");
        assertThat(lua.call("next", table, 1)).containsExactly("k", "v");
        assertThat(lua.call("next", table, "k")).containsExactly((Object) null);
        assertThatThrownBy(() -> lua.call("next", table, "gone")).hasMessage("invalid key to 'next'");
        List<Object> iteration = lua.call("ipairs", table);
        assertThat(lua.invoke(iteration.get(0), table, 0)).containsExactly(1L, "a");
        assertThat(lua.invoke(iteration.get(0), table, 1)).containsExactly((Object) null);
    }

    @Test
    void shouldAskForPairs() {
        Table table = lua.table();
        table.metatable(LibraryTable.into(lua.runtime, lua.runtime.newTable())
                .add("__pairs", args -> LibraryFixture.value("iterator")).table());
        assertThat(lua.call("pairs", table)).containsExactly("iterator", null, null);
        assertThatThrownBy(() -> lua.call("pairs")).hasMessage("bad argument #1 to 'pairs' (value expected)");
    }

    @Test
    void shouldPrintLinesOfText() {
        Table named = lua.table();
        named.metatable(LibraryTable.into(lua.runtime, lua.runtime.newTable())
                .add("__tostring", args -> Strings.of("me")).table());
        lua.call("print", "a", 1, 1.0, null, true, named);
        lua.call("print");
        assertThat(lua.out.toString()).isEqualTo("a\t1\t1.0\tnil\ttrue\tme\n\n");
    }

    @Test
    void shouldWarnOnlyWhenSwitchedOn() {
        lua.call("warn", "silent");
        lua.call("warn", "@on");
        lua.call("warn", "a", "b");
        lua.call("warn", "@off");
        lua.call("warn", "silent");
        assertThat(lua.err.toString()).isEqualTo("Lua warning: ab\n");
        assertThatThrownBy(() -> lua.call("warn")).hasMessageContaining("string expected, got no value");
    }
}
