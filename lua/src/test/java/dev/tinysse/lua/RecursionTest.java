package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.value.LuaException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaValue;

/** How deep calls may go: as deep after any way out of a function as before, and never deeper than the Java stack. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RecursionTest {

    private final EngineFixture lua = new EngineFixture();

    @AfterEach
    void close() {
        lua.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"function f() id(1) return 1 end",
            "function f(i) if i % 2 == 0 then return 0 end id(i) return id(i) end",
            "function f(i) if i % 2 == 0 then id(i) return 0 end end",
            "function f() ::again:: if n % 7 == 0 then n = n + 1 return end id(1) n = n + 1 goto again end",
            "function f() for i = 1, 3 do if id(i) == 2 then return i end end end",
            "function f() for k in pairs({1, 2}) do if k == 2 then break end end return id(1), id(2) end",
            "function f(i) do local c <close> = setmetatable({}, {__close = id}) if i % 2 == 0 then return id(i) end end end",
            "function f(...) local a, b = ... return id(a, ...) end",
            "function f(i) return pcall(function() id(i) error(i) end) end",
            "function f(i) local c <close> = setmetatable({}, {__close = error}) pcall(id, i) end",
            "function f(i) return coroutine.wrap(function() id(i) coroutine.yield(i) id(i) end)() end",
            "function f(i) local s = {} for k = 1, 3 do s[k] = function() return id(k) end end return s[1]() + s[3]() end",
            "add = setmetatable({}, {__add = function(a, b) if b == 1 then return 0 end return id(b) end}) function f(i) return add + i end"})
    void shouldBeAsDeepAfterManyCallsAsBefore(String function) {
        lua.run("n = 1 function id(...) return ... end function down(i) deepest = i return 1 + down(i + 1) end "
                + function);
        String depth = "pcall(down, 1) return deepest";
        String before = lua.run(depth);
        lua.run("for i = 1, 3000 do pcall(f, i) end");
        assertThat(lua.run(depth)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return setmetatable({}, {__index = function(t, k) return t[k] end}).x",
            "setmetatable({}, {__newindex = function(t, k) t[k] = 1 end}).x = 1",
            "return #setmetatable({}, {__len = function(t) return #t end})",
            "return -setmetatable({}, {__unm = function(t) return -t end})",
            "return setmetatable({}, {__add = function(t, n) return t + n end}) + 1",
            "return setmetatable({}, {__concat = function(t, s) return t .. s end}) .. 's'",
            "return setmetatable({}, {__bor = function(t, n) return t | n end}) | 1",
            "return setmetatable({}, {__lt = function(a, b) return a < b end}) < 1",
            "local m = {__eq = function(a, b) return a == b end} return setmetatable({}, m) == setmetatable({}, m)",
            "local m = {} m.__call = function(t) return (t()) end return setmetatable({}, m)()",
            "local function f(...) local a, b, c, d = ... return {f(a, b, c, d)} end f()",
            "local function f() for _ in f do end end f()"})
    void shouldEndEndlessRecursion(String script) {
        assertThatThrownBy(() -> lua.run(script)).isInstanceOf(LuaException.class).message()
                .startsWith("test.lua:1: stack overflow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local function f(n) if n > 0 then f(n - 1) f(n - 1) end end f(90)",
            "local function f(n) if n == 0 then return 0 end return (f(n - 1)) + f(n - 1) end return f(90)",
            "local t t = setmetatable({}, {__index = function(_, n) return n == 0 or t[n - 1] and t[n - 1] end}) return t[90]",
            "local function g(n) return g(n + 1) end return g(1)"})
    void shouldEndAtTheDeadlineWithoutALoop(String script) {
        CallLimits limits = new CallLimits(Duration.ofMillis(100), 0);
        assertThatThrownBy(() -> lua.engine.enter(
                session -> session.call(EngineFixture.chunk(session, script), LuaValue.NONE, limits)))
                .isInstanceOf(LuaException.class).hasMessage("test.lua:1: time limit exceeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"function g(n) return f(n - 1) end", "function g(...) return f(... - 1) end",
            "function g(n) local ok, r = pcall(f, n - 1) if not ok then error(r, 0) end return r end",
            "function g(n) local s = (('x'):gsub('.', function() return f(n - 1) end)) return s + 0 end",
            "g = setmetatable({}, {__call = function(_, n) return f(n - 1) end})"})
    void shouldGoOnWhenTailCallsAndOthersTakeTurns(String g) {
        assertThat(lua.run("function f(n) if n == 0 then return 0 end local r = g(n) return r + 1 end " + g
                + " return f(1000)")).isEqualTo("1000");
        assertThat(lua.run("function f(n) local r = g(n) return r + 1 end return pcall(f, 0)"))
                .startsWith("false ").contains("stack overflow");
    }

    @Test
    void shouldNotCountTailCalls() {
        assertThat(lua.run("local function f(n) if n == 0 then return 'end' end return f(n - 1) end return f(1000000)"))
                .isEqualTo("end");
    }
}
