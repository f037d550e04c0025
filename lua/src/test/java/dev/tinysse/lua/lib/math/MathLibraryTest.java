package dev.tinysse.lua.lib.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.lib.support.LibraryFixture;
import org.junit.jupiter.api.Test;

class MathLibraryTest {
    private final LibraryFixture lua = LibraryFixture.create();

    @Test
    void shouldRoundToIntegersWhereTheyFit() {
        assertThat(lua.call("math.floor", 3.7)).containsExactly(3L);
        assertThat(lua.call("math.ceil", -3.7)).containsExactly(-3L);
        assertThat(lua.call("math.floor", 1e300)).containsExactly(1e300);
        assertThat(lua.call("math.floor", Long.MAX_VALUE)).containsExactly(Long.MAX_VALUE);
        assertThat(lua.call("math.floor", "2.5")).containsExactly(2L);
    }

    @Test
    void shouldKeepTheSubtype() {
        assertThat(lua.call("math.abs", -3)).containsExactly(3L);
        assertThat(lua.call("math.abs", -3.0)).containsExactly(3.0);
        assertThat(lua.call("math.abs", Long.MIN_VALUE)).containsExactly(Long.MIN_VALUE);
        assertThat(lua.call("math.max", 1, 2.5)).containsExactly(2.5);
        assertThat(lua.call("math.min", 1, 2.5)).containsExactly(1L);
        assertThat(lua.call("math.fmod", -5, 3)).containsExactly(-2L);
        assertThat(lua.call("math.fmod", Long.MIN_VALUE, -1)).containsExactly(0L);
        assertThat(lua.call("math.fmod", -5, 3.0)).containsExactly(-2.0);
    }

    @Test
    void shouldSplitNumbers() {
        assertThat(lua.call("math.modf", 3.7)).first().isEqualTo(3L);
        assertThat(lua.call("math.modf", Double.NEGATIVE_INFINITY)).containsExactly(Double.NEGATIVE_INFINITY, 0.0);
        assertThat(lua.call("math.modf", 5)).containsExactly(5L, 0.0);
        assertThat(lua.call("math.frexp", 10.0)).containsExactly(0.625, 4L);
        assertThat(lua.call("math.frexp", Double.MIN_VALUE)).containsExactly(0.5, -1073L);
        assertThat(lua.call("math.ldexp", 0.625, 4)).containsExactly(10.0);
    }

    @Test
    void shouldTellSubtypes() {
        assertThat(lua.call("math.type", 1)).containsExactly("integer");
        assertThat(lua.call("math.type", 1.0)).containsExactly("float");
        assertThat(lua.call("math.type", "1")).containsExactly((Object) null);
        assertThat(lua.call("math.tointeger", 3.0)).containsExactly(3L);
        assertThat(lua.call("math.tointeger", "8")).containsExactly(8L);
        assertThat(lua.call("math.tointeger", 3.5)).containsExactly((Object) null);
        assertThat(lua.call("math.ult", 1, -1)).containsExactly(true);
    }

    @Test
    void shouldTakeExactLogarithmsOfPowers() {
        for (int i = -1022; i < 1024; i++) {
            assertThat(lua.call("math.log", Math.scalb(1.0, i), 2)).containsExactly((double) i);
        }
        assertThat(lua.call("math.log", 1000, 10)).containsExactly(3.0);
        assertThat(lua.call("math.log", 0, 2)).containsExactly(Double.NEGATIVE_INFINITY);
    }

    @Test
    void shouldGiveTheSameRandomNumbersForTheSameSeed() {
        lua.call("math.randomseed", 42);
        assertThat(lua.call("math.random", 0)).containsExactly(-1276290044721465627L);
        assertThat(lua.call("math.random", 0)).containsExactly(8333941968102511665L);
        assertThat(lua.call("math.random", 6)).containsExactly(4L);
        assertThat(lua.call("math.random", Long.MIN_VALUE, Long.MAX_VALUE)).first().isInstanceOf(Long.class);
    }

    @Test
    void shouldReportWhatCannotBe() {
        assertThatThrownBy(() -> lua.call("math.random", 2, 1))
                .hasMessage("bad argument #1 to 'math.random' (interval is empty)");
        assertThatThrownBy(() -> lua.call("math.random", 1, 2, 3)).hasMessage("wrong number of arguments");
        assertThatThrownBy(() -> lua.call("math.fmod", 1, 0)).hasMessage("bad argument #2 to 'math.fmod' (zero)");
        assertThatThrownBy(() -> lua.call("math.max")).hasMessage("bad argument #1 to 'math.max' (value expected)");
        assertThatThrownBy(() -> lua.call("math.floor", "x"))
                .hasMessage("bad argument #1 to 'math.floor' (number expected, got string)");
    }
}
