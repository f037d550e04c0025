package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.lib.debug.DebugLibrary;
import dev.tinysse.lua.value.LuaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions that do not fit into a method of the JVM. */
class LongFunctionTest {

    private static final String COUNT = "count = 0 function tick(n) count = count + (n or 1) return count end\n";
    private static final String CLOSING = """
            local log = {}
            local function closing(name)
                return setmetatable({}, {__close = function() log[#log + 1] = name end})
            end
            """;

    private final EngineFixture lua = new EngineFixture();

    @BeforeEach
    void defineCounter() {
        lua.run(COUNT);
    }

    @AfterEach
    void close() {
        lua.close();
    }

    private static String many(int count, String piece) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(piece.replace("#", Integer.toString(i)));
        }
        return text.toString();
    }

    @Test
    void shouldRunManyStatements() {
        assertThat(lua.run(many(20_000, "tick()\n") + "return count")).isEqualTo("20000");
    }

    @Test
    void shouldMakeALargeTable() {
        assertThat(
                lua.run("local t = {" + many(50_000, "{id = #, name = 'n#'}, ") + "} return (t[50000].name), t[7].id"))
                .isEqualTo("n50000 7");
    }

    @Test
    void shouldAddAllValuesOfTheLastFieldAloneToALargeTable() {
        assertThat(lua.run("local function f() return 1, 2, 3 end local t = {" + many(5000, "f(), ")
                + "x = 1, f()} return rawlen(t), t[5000], t[5003], t.x")).isEqualTo("5003 1 3 1");
    }

    @Test
    void shouldTakeTheRightOneOfManyBranches() {
        lua.run("function f(x) if x == 0 then return 'zero' " + many(5000, "elseif x == # then return 'v#'\n")
                + "else return 'none' end end");
        assertThat(lua.run("return f(0), f(1), f(2500), f(5000), f(5001)")).isEqualTo("zero v1 v2500 v5000 none");
    }

    @Test
    void shouldComputeALongChainOfOperators() {
        assertThat(lua.run("local x = 2 return " + many(10_000, "x + ") + "1")).isEqualTo("20001");
        assertThat(lua.run("local x = 2 return " + many(10_000, "x and ") + "1")).isEqualTo("1");
        assertThat(lua.run("local x = false return " + many(10_000, "x or ") + "1")).isEqualTo("1");
    }

    @Test
    void shouldFollowALongChainOfCalls() {
        assertThat(lua.run("local o = {n = 0} function o:inc() self.n = self.n + 1 return self end o"
                + many(3000, ":inc()") + " return o.n")).isEqualTo("3000");
    }

    @Test
    void shouldJumpOutOfWhatHadToBeSplit() {
        assertThat(lua.run("local s = 0 ::top:: s = s + 1 " + many(4000, "if s == # then goto top end\n") + "return s"))
                .isEqualTo("4001");
        assertThat(lua.run("local s = 0 while true do " + many(4000, "s = s + 1 if s > 10000 then break end\n")
                + "end return s")).isEqualTo("10001");
    }

    @Test
    void shouldCloseVariablesOnTheWayOut() {
        assertThat(lua.run(CLOSING + "for i = 1, 2 do local a <close> = closing('a') do local b <close> = closing('b') "
                + many(4000, "if i == 1 then local c <close> = closing('c') goto continue end\n")
                + "end ::continue:: end return table.concat(log)")).isEqualTo("cbaba");
        assertThat(lua.run(CLOSING + "local function f() local a <close> = closing('a') "
                + many(4000, "if next(log) == nil then return (tick()) end\n")
                + "end return f(), log[1]")).isEqualTo("1 a");
    }

    @Test
    void shouldCallInTailPositionWithoutGrowingTheStack() {
        assertThat(lua
                .run("local function f(n) if n == 0 then return 'done' end " + many(4000, "if n < 0 then tick() end\n")
                        + "do return f(n - 1) end end return f(20000)"))
                .isEqualTo("done");
    }

    @Test
    void shouldYieldFromWhatHadToBeSplit() {
        assertThat(lua.run("local co = coroutine.wrap(function(...) local s = select('#', ...) "
                + many(4000, "s = s + coroutine.yield(s)\n") + "return s end) co(1, 2) "
                + "for i = 1, 3999 do co(1) end return co(1)")).isEqualTo("4002");
    }

    @Test
    void shouldShareVariablesBetweenInnerFunctionsAndParts() {
        assertThat(lua.run("local n = 0 local function add() n = n + 1 end "
                + many(4000, "add() n = n + 1 do local m = n; add() assert(m + 1 == n) n = m end\n") + "return n"))
                .isEqualTo("8000");
    }

    @Test
    void shouldNameTheLineOfAnErrorAndShowTheFunctionOnce() {
        lua.engine.with(new DebugLibrary());
        assertThatThrownBy(
                () -> lua.run("local x\n" + many(4000, "tick()\n") + "do x.y = 1 end\n" + many(4000, "tick()\n")))
                .hasMessage("test.lua:4002: attempt to index a nil value (local 'x')");
        assertThat(lua.run(many(4000, "tick()\n") + "do t = debug.traceback() end return t")).isEqualTo("""
                stack traceback:
                \ttest.lua:4001: in main chunk""");
    }

    @Test
    void shouldTakeAllUpvaluesThatLuaAllows() {
        assertThat(lua.run(many(150, "local a# = #\n") + "return (function()\n" + many(104, "local b# = #\n")
                + "return (function() return 0" + many(150, " + a#") + many(104, " + b#") + " end)() end)()"))
                .isEqualTo("16785");
    }

    @Test
    void shouldRefuseACallWithTooManyArguments() {
        assertThatThrownBy(() -> lua.run("return select('#', " + many(10_000, "#, ") + "0)"))
                .isInstanceOf(LuaException.class).hasMessage("test.lua:1: main function is too large");
        assertThatThrownBy(() -> lua.run("\nlocal function f() return select('#', " + many(10_000, "#, ") + "0) end"))
                .isInstanceOf(LuaException.class).hasMessage("test.lua:2: function at line 2 is too large");
    }
}
