package dev.tinysse.lua.lib.table;

import static dev.tinysse.lua.lib.support.LibraryFixture.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.LibraryFixture;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import dev.tinysse.lua.value.Values;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

class TableLibraryTest {
    private final LibraryFixture lua = LibraryFixture.create();

    @Test
    void shouldInsertAndRemoveAnywhere() {
        Table list = lua.table(1, 2, 3);
        lua.call("table.insert", list, 4);
        lua.call("table.insert", list, 1, 0);
        assertThat(elements(list)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(lua.call("table.remove", list)).containsExactly(4L);
        assertThat(lua.call("table.remove", list, 1)).containsExactly(0L);
        assertThat(elements(list)).containsExactly(1L, 2L, 3L);
        assertThat(lua.call("table.remove", lua.table())).containsExactly((Object) null);
    }

    @Test
    void shouldRefusePositionsOutside() {
        assertThatThrownBy(() -> lua.call("table.insert", lua.table(1, 2, 3), 7, 1))
                .hasMessage("bad argument #2 to 'table.insert' (position out of bounds)");
        assertThatThrownBy(() -> lua.call("table.insert", lua.table(), 0, 1))
                .hasMessageContaining("position out of bounds");
        assertThatThrownBy(() -> lua.call("table.remove", lua.table(1, 2, 3), 7))
                .hasMessageContaining("position out of bounds");
        assertThatThrownBy(() -> lua.call("table.insert", lua.table(), 1, 2, 3))
                .hasMessage("wrong number of arguments to 'insert'");
        assertThatThrownBy(() -> lua.call("table.insert", null, 1))
                .hasMessage("bad argument #1 to 'table.insert' (table expected, got nil)");
    }

    @Test
    void shouldJoinStringsAndNumbers() {
        assertThat(lua.call("table.concat", lua.table(1, 2.5, "x"), "-")).containsExactly("1-2.5-x");
        assertThat(lua.call("table.concat", lua.table("a", "b", "c"), ",", 2, 3)).containsExactly("b,c");
        assertThat(lua.call("table.concat", lua.table(), ",")).containsExactly("");
        assertThatThrownBy(() -> lua.call("table.concat", lua.table(1, lua.table())))
                .hasMessage("invalid value (table) at index 2 in table for 'concat'");
    }

    @Test
    void shouldJoinUpToTheLargestIndex() {
        Table list = lua.table();
        list.rawset(Long.MAX_VALUE, Strings.of("end"));
        assertThat(lua.call("table.concat", list, "", Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly("end");
    }

    @Test
    void shouldMoveOverlappingRanges() {
        Table list = lua.table(1, 2, 3, 4);
        lua.call("table.move", list, 1, 3, 2);
        assertThat(elements(list)).containsExactly(1L, 1L, 2L, 3L);
        lua.call("table.move", list, 2, 4, 1);
        assertThat(elements(list)).containsExactly(1L, 2L, 3L, 3L);
        Table other = lua.table();
        assertThat(lua.call("table.move", list, 1, 2, 1, other)).containsExactly(other);
        assertThat(elements(other)).containsExactly(1L, 2L);
        assertThatThrownBy(() -> lua.call("table.move", list, 1, Long.MAX_VALUE, 2))
                .hasMessageContaining("destination wrap around");
        assertThatThrownBy(() -> lua.call("table.move", list, 0, Long.MAX_VALUE, 2))
                .hasMessageContaining("too many elements to move");
    }

    @Test
    void shouldPackAndUnpackNilToo() {
        Table packed = (Table) lua.call("table.pack", 1, null, 3).getFirst();
        assertThat(packed.rawget("n")).isEqualTo(LuaInteger.of(3));
        assertThat(lua.call("table.unpack", packed, 1, 3)).containsExactly(1L, null, 3L);
        assertThat(lua.call("table.unpack", lua.table(1, 2), 2)).containsExactly(2L);
        assertThat(lua.call("table.unpack", lua.table(), 1, 0)).isEmpty();
        assertThatThrownBy(() -> lua.call("table.unpack", lua.table(), 1, 100_000_000))
                .hasMessage("too many results to unpack");
        assertThatThrownBy(() -> lua.call("table.unpack", lua.table(), Long.MIN_VALUE, Long.MAX_VALUE))
                .hasMessage("too many results to unpack");
    }

    @Test
    void shouldSortByTheOperatorOrByAFunction() {
        Table numbers = lua.table(3, 1.5, 2, -1);
        lua.call("table.sort", numbers);
        assertThat(elements(numbers)).containsExactly(-1L, 1.5, 2L, 3L);
        Table words = lua.table("b", "\u00e9", "a", "Z");
        lua.call("table.sort", words);
        assertThat(elements(words)).containsExactly("Z", "a", "b", "\u00e9");
        Table down = lua.table(IntStream.range(0, 500).mapToObj(i -> i * 7 % 500).toArray());
        lua.call("table.sort", down, lua.function(args -> Values.of(args.integer(1) > args.integer(2))));
        assertThat(elements(down)).isEqualTo(IntStream.range(0, 500).mapToObj(i -> (Object) (499L - i)).toList());
    }

    @Test
    void shouldNoticeAnOrderThatContradictsItself() {
        for (int size : new int[]{4, 5, 50, 200}) {
            Table list = lua.table(IntStream.range(0, size).boxed().toArray());
            assertThatThrownBy(() -> lua.call("table.sort", list, lua.function(args -> LuaValue.TRUE)))
                    .hasMessage("invalid order function for sorting");
            assertThat(elements(list)).hasSize(size).doesNotContainNull();
        }
    }

    @Test
    void shouldNotSortWhatHasNoOrder() {
        assertThatThrownBy(() -> lua.call("table.sort", lua.table(1, "x"))).hasMessageContaining("attempt to compare");
        assertThatThrownBy(() -> lua.call("table.sort", lua.table(1, 2), 3))
                .hasMessage("bad argument #2 to 'table.sort' (function expected, got number)");
    }

    @Test
    void shouldWorkThroughMetamethods() {
        Table store = lua.table("a", "b");
        Table metatable = LibraryTable.into(lua.runtime, lua.runtime.newTable()).add("__index", store)
                .add("__newindex", store)
                .add("__len", args -> LuaInteger.of(store.border())).table();
        Userdata<String> proxy = new Userdata<>("proxy", metatable);
        lua.call("table.insert", proxy, "c");
        lua.call("table.insert", proxy, 1, "0");
        assertThat(elements(store)).containsExactly("0", "a", "b", "c");
        assertThat(lua.call("table.concat", proxy)).containsExactly("0abc");
        assertThat(lua.call("table.unpack", proxy)).isEqualTo(List.of("0", "a", "b", "c"));
        lua.call("table.sort", proxy,
                lua.function(args -> Values.of(Strings.compare(args.string(1), args.string(2)) > 0)));
        assertThat(elements(store)).containsExactly("c", "b", "a", "0");
        assertThatThrownBy(() -> lua.call("table.insert", new Userdata<>("bare", lua.table()), 1))
                .hasMessageContaining("table expected");
    }

    @Test
    void shouldRefuseALengthThatIsNoInteger() {
        Table list = lua.table();
        list.metatable(
                LibraryTable.into(lua.runtime, lua.runtime.newTable()).add("__len", args -> Strings.of("x")).table());
        assertThatThrownBy(() -> lua.call("table.insert", list, 1)).hasMessage("object length is not an integer");
    }

    @Test
    void shouldBelieveNoLengthBeforeThereAreElements() {
        Table list = lua.table();
        list.metatable(LibraryTable.into(lua.runtime, lua.runtime.newTable())
                .add("__len", args -> LuaInteger.of(Integer.MAX_VALUE - 1L)).table());
        lua.runtime.budget().stop("time is over", () -> true);
        assertThatThrownBy(() -> lua.call("table.sort", list)).hasMessage("time is over");
    }
}
