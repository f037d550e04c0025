package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.lib.debug.DebugLibrary;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Values;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.LuaValue;

class LanguageTest {

    private final EngineFixture lua = new EngineFixture();

    @AfterEach
    void close() {
        lua.close();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = LanguageTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void shouldAnswerAllCasesAsPucLuaDoes() throws IOException {
        byte[] cases = resource("language-cases.lua");
        byte[] runner = resource("run-cases.lua");
        lua.engine.with(new DebugLibrary());
        String wrong = lua.engine.enter(session -> {
            LuaValue list = Values.first(session.call(session.load(cases, "@cases"), LuaValue.NONE, CallLimits.NONE));
            return EngineFixture.text(session, session.call(session.load(runner, "@runner"), list, CallLimits.NONE));
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldNameFileLineAndVariableInErrors() {
        assertThatThrownBy(() -> lua.run("local msg = {}\nreturn msg.user.name")).isInstanceOf(LuaException.class)
                .hasMessage("test.lua:2: attempt to index a nil value (field 'user')");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "local c <const> = '' return (function() return c & 1 end)() | bitwise operation on a string value (constant '')",
            "local c <const> = nil return (function() return c + 1 end)() | arithmetic on a nil value",
            "local c <const> = {} return (function() return c + 1 end)() | arithmetic on a table value (upvalue 'c')",
            "local c <const> = -0.0 return (c and t) + 1 | arithmetic on a nil value",
            "local c = nil return (function() return c + 1 end)() | arithmetic on a nil value (upvalue 'c')",
            "return (1 and t) + 1 | arithmetic on a nil value (global 't')",
            "return (-0.0 and t) + 1 | arithmetic on a nil value",
            "return (1 << 62 and t) + 1 | arithmetic on a nil value (global 't')",
            "return (0/0 and t) + 1 | arithmetic on a nil value"}, quoteCharacter = '`')
    void shouldTakeACompileTimeConstantForItsValue(String script, String message) {
        assertThatThrownBy(() -> lua.run(script)).hasMessage("test.lua:1: attempt to perform " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "local x, t = 1, {} return 'a' .. t.b .. x .. 'c' | 1: attempt to concatenate a nil value (field 'b')",
            "local x, t = 1, {} return 'a' .. x .. t | 1: attempt to concatenate a table value (local 't')",
            "local x, t = 1, {} return t .. x .. 'c' | 1: attempt to concatenate a table value (local 't')",
            "return 'a' .. x() .. 'c' | 1: attempt to call a nil value (global 'x')",
            "return 'a' .. ('b')() .. 'c' | 1: attempt to call a string value (constant 'b')",
            "return 'a' ..⏎(b ..⏎'c') | 2: attempt to concatenate a nil value (global 'b')",
            "return 'a'⏎.. b⏎.. 'c' | 3: attempt to concatenate a nil value (global 'b')"}, quoteCharacter = '`')
    void shouldNameTheOperandOfAConcatenationThatIsAtFault(String script, String message) {
        assertThatThrownBy(() -> lua.run(script.replace('⏎', '\n'))).hasMessage("test.lua:" + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"return 1⏎<⏎{} | 3", "return {}⏎+⏎{} | 2", "return 1 <⏎[[⏎]] | 3",
            "for i = 1,⏎'x'⏎do end | 3", "for i = {},⏎1 do end | 2", "return⏎-{} | 2",
            "local x⏎x.y = {⏎1⏎} | 4", "local x⏎x.y, x.z =⏎1 | 3", "local t = {⏎[nil] = 1,⏎2⏎} | 2",
            "local t = {⏎1,⏎x.y⏎} | 4",
            "f(⏎x.y⏎) | 3", "f(x.y,⏎1) | 1", "if x.y⏎then end | 2", "return x.y⏎+ 1 | 2", "return (⏎x.y⏎) | 3",
            "x.y⏎:z() | 2",
            "return x⏎[⏎1⏎] | 4", "local a <close> =⏎5 | 2", "function x.y()⏎end | 1"})
    void shouldPlaceAnErrorOnTheLineOfPucLua(String script, int line) {
        assertThatThrownBy(() -> lua.run(script.replace('⏎', '\n'))).hasMessageStartingWith("test.lua:" + line + ":");
    }

    @Test
    void shouldShowTheStackOfASuspendedAndOfAFailedCoroutine() {
        lua.engine.with(new DebugLibrary());
        lua.run("""
                local function f() coroutine.yield() error('e') end
                co = coroutine.create(function()
                    f()
                end)
                coroutine.resume(co)""");
        assertThat(lua.run("return debug.traceback(co)")).isEqualTo("""
                stack traceback:
                \t[C]: in function 'coroutine.yield'
                \ttest.lua:1: in upvalue 'f'
                \ttest.lua:3: in function <test.lua:2>""");
        assertThat(lua.run("coroutine.resume(co) return debug.getinfo(co, 2, 'l').currentline")).isEqualTo("3");
    }

    @Test
    void shouldTellAllObjectsApart() {
        assertThat(lua.run("""
                local seen, count = {}, 0
                for i = 1, 300000 do
                  local object = {}
                  local name = tostring(object)
                  if not seen[name] then count = count + 1 end
                  seen[name] = object
                end
                return count, #tostring({})""")).isEqualTo("300000 21");
    }

    @Test
    void shouldEndRecursionThroughHandlersThatFail() {
        assertThat(lua.run("""
                local depth = 0
                local function f() depth = depth + 1 xpcall(f, function() error('x') end) error('y') end
                return select(2, pcall(f)), depth < 250""")).isEqualTo("test.lua:2: y true");
    }

    @Test
    void shouldTellTailCallsInTracebacks() {
        lua.engine.with(new DebugLibrary());
        assertThat(lua.run("""
                local function f() local t = debug.traceback() return t end
                local function g() return f() end
                local t = g()
                return t""")).isEqualTo("""
                stack traceback:
                \ttest.lua:1: in function <test.lua:1>
                \t(...tail calls...)
                \ttest.lua:3: in main chunk""");
    }

    @Test
    void shouldNameFileAndLineOfWhatCannotBeTraversed() {
        assertThatThrownBy(() -> lua.run("\nfor k in pairs(io.stdout) do end")).isInstanceOf(LuaException.class)
                .hasMessage("test.lua:2: bad argument #1 to 'for iterator' (table expected, got FILE*)");
    }

    @Test
    void shouldNameFileAndLineOfASyntaxError() {
        assertThatThrownBy(() -> lua.run("local t = {\n  a = }")).isInstanceOf(LuaException.class)
                .hasMessage("test.lua:2: unexpected symbol near '}'");
    }

    @Test
    void shouldNotGrowTheStackWithTailCalls() {
        assertThat(lua.run(
                "local function loop(n) if n == 0 then return 'done' end return loop(n - 1) end return loop(1000000)"))
                .isEqualTo("done");
    }

    @Test
    void shouldCloseVariablesInReverseOrderAlsoAfterAnError() {
        assertThat(lua.run("""
                local order = ''
                local function closing(name)
                  return setmetatable({}, {__close = function(_, e) order = order .. name .. tostring(e) end})
                end
                pcall(function()
                  local a <close> = closing('a')
                  local b <close> = closing('b')
                  error('!', 0)
                end)
                return order""")).isEqualTo("b!a!");
    }

    @Test
    void shouldGiveEachRoundOfALoopItsOwnVariable() {
        assertThat(lua.run(
                "local f = {} for i = 1, 3 do f[i] = function() i = i + 10 return i end end return f[1](), f[1](), f[2]()"))
                .isEqualTo("11 21 12");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{[2] = 5, 1, 2} | 1=1 2=2 #2", "{[3] = 7, 10, 20, 30} | 1=10 2=20 3=30 #3",
            "{[1.0] = 'f', [2] = 'g', 'h'} | 1=h 2=g #2", "{[1] = 'a', nil} | #0", "{[3] = 'z', nil, nil, nil} | #0",
            "{[4] = 'd', 1, 2, 3} | 1=1 2=2 3=3 4=d #4", "{[2] = 'x', table.unpack({1, 2, 3})} | 1=1 2=2 3=3 #3",
            "{[3] = 'y', 'a', [2] = 'x'} | 1=a 2=x 3=y #3"})
    void shouldHaveEachKeyOfATableOnceThatAConstructorGivesByPositionToo(String table, String entries) {
        assertThat(lua.run("""
                local t, seen = %s, {}
                for k, v in pairs(t) do seen[#seen + 1] = k .. '=' .. v end
                table.sort(seen)
                seen[#seen + 1] = '#' .. #t
                for k in pairs(t) do t[k] = nil end
                for i = 1, 5 do assert(t[i] == nil and #t == 0) end
                return table.concat(seen, ' ')
                """.formatted(table))).isEqualTo(entries);
    }

    @Test
    void shouldRunTableConstructorsThatAreTooLongForAMethod() {
        String fields = IntStream.rangeClosed(1, 20_000).mapToObj(i -> i + ", k" + i + " = 'v" + i + "'")
                .collect(Collectors.joining(", "));
        assertThat(lua.run("local last = 20001 local t = {" + fields + ", last} return #t, t[20001], t.k20000"))
                .isEqualTo("20001 20001 v20000");
    }

    @Test
    void shouldRunFunctionsThatAreTooLongForAMethodAndKnowTheirLines() {
        String lines = IntStream.rangeClosed(1, 10_000).mapToObj(i -> "x = x + " + i).collect(Collectors.joining("\n"));
        assertThat(lua.run("x = 0\n" + lines + "\nreturn x")).isEqualTo("50005000");
        assertThatThrownBy(() -> lua.run("x = 0\n" + lines + "\nerror('here')"))
                .hasMessage("test.lua:10002: here");
    }

    @Test
    void shouldLoseEntriesOfWeakTablesWhenTheJvmCollects() {
        assertThat(lua
                .run("local t = setmetatable({}, {__mode = 'k'}) t[{}] = 1 t.name = 2 collectgarbage() return next(t)"))
                .isEqualTo("name 2");
    }
}
