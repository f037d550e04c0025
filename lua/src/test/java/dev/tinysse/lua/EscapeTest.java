package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaValue;

/** Scripts that try to run without end, to take all memory, or to reach what is not theirs. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class EscapeTest {
    private static final long MEMORY = 32 << 20;
    private static final CallLimits SHORT = new CallLimits(Duration.ofMillis(200), MEMORY);
    /** For what another limit ends, or none, however slow the machine is. */
    private static final CallLimits ENOUGH_TIME = new CallLimits(Duration.ZERO, MEMORY);

    private final LuaEngine engine = LuaEngine.sandboxed(new Host(new ByteArrayInputStream(new byte[0]),
            OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), name -> null, "", status -> {
                throw new LuaException("os.exit is not allowed here", null);
            }));

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"while true do end", "repeat until false", "::again:: goto again",
            "for i = 1, math.huge do end",
            "for i = 1, 1 << 62 do local t = i end", "while true do pcall(error) end",
            "while true do pcall(function() while true do end end) end",
            "while true do xpcall(function() while true do end end, function() while true do end end) end",
            "local function f() return f() end f()", "local function f() pcall(f) f() end while true do pcall(f) end",
            "coroutine.wrap(function() while true do end end)()",
            "while true do local co = coroutine.create(function() while true do end end) coroutine.resume(co) end",
            "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end",
            "load('while true do end', 'x', 't', {})()", "repeat until load(function() while true do end end)",
            "table.sort({3, 2, 1}, function() while true do end end)",
            "string.rep('a', 30):find(string.rep('a?', 30) .. string.rep('a', 30) .. 'b')",
            "while true do pcall(string.find, ('a'):rep(30), ('a?'):rep(30) .. ('a'):rep(30) .. 'b') end",
            "for _ in ('x'):rep(1e6):gmatch('.-b') do end", "('('):rep(1e6):gsub('%b()', '')",
            "('a'):rep(1e6):find(('a'):rep(4e5) .. 'b', 1, true)",
            "local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) return t[k] end while true do pcall(function() return t.x end) end",
            "local t = setmetatable({}, {__eq = function() while true do end end}) return t == setmetatable({}, getmetatable(t))",
            "do local x <close> = setmetatable({}, {__close = function() while true do end end}) end",
            "for k in setmetatable({}, {__call = function() return 1 end}) do end", "table.move({}, 1, 1 << 60, 2)",
            "table.insert(setmetatable({}, {__len = function() return 1 << 50 end}), 1, 1)",
            "table.concat(setmetatable({}, {__len = function() return 1 << 50 end, __index = function() return '' end}))",
            "table.sort(setmetatable({}, {__len = function() return 1 << 30 end, __index = function() return 1 end, __newindex = function() end}))",
            "while true do tostring(setmetatable({}, {__tostring = function() return 'x' end})) end",
            "local f f = function() return (('x'):gsub('.', f)) end while true do pcall(f) end",
            "while true do io.open('/dev/zero'):read('n') end"})
    void shouldEndWhatRunsWithoutEnd(String script) {
        assertThatThrownBy(() -> run(SHORT, script)).isInstanceOf(LuaException.class)
                .message().containsAnyOf("time limit exceeded", "not enough memory");
    }

    @Test
    void shouldSayOnceWhereACallWasEnded() {
        assertThatThrownBy(() -> run(SHORT, "coroutine.wrap(function()\n while true do end end)()"))
                .isInstanceOf(LuaException.class).message().containsOnlyOnce(":2: ").doesNotContain(":1: ");
    }

    @Test
    void shouldSayWhoCalledACoroutineThatEndedInABuiltin() {
        assertThatThrownBy(() -> run(SHORT, """
                local find = coroutine.wrap(string.find)
                find(("a"):rep(30), ("a?"):rep(30) .. ("a"):rep(30) .. "b")"""))
                .isInstanceOf(LuaException.class).message().containsOnlyOnce(":2: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local s = 'x' while true do s = s .. s end",
            "local t = {} for i = 1, math.huge do t[i] = {} end",
            "local t = {} for i = 1, math.huge do t['k' .. i] = i end", "return ('x'):rep(1 << 30)",
            "while true do pcall(string.rep, 'x', 1 << 30) end",
            "local t = {} for i = 1, 100 do t[i] = ('x'):rep(1e6) end return table.concat(t)",
            "return (('x'):rep(1e6):gsub('x', ('y'):rep(1000)))",
            "return string.pack('c1000000000', '')", "local t = {} while true do t = {t, t, t, t} end",
            "local t = {} while true do t[#t + 1] = string.format('%99.99f', 1e308) end",
            "return io.open('/dev/zero'):read('a')",
            "return io.open('/dev/zero'):read(1 << 30)", "return package.searchpath(('x'):rep(1e4), ('?;'):rep(1e5))",
            "local t = {} while true do t[#t + 1] = table.pack(table.unpack({}, 1, 1e5)) end",
            "return load(function() return 'x = 1 ' end)",
            "local f = {} while true do local x = {} f[#f + 1] = function() return x end end",
            "return os.date(('%c'):rep(1e7))"})
    void shouldEndWhatTakesAllMemory(String script) {
        assertThatThrownBy(() -> {
            LuaValue result = run(script);
            // a loader reports what went wrong instead of raising it: the call must end at its next step
            assertThat(result.isnil()).isTrue();
            throw new LuaException("not enough memory", null);
        }).isInstanceOf(LuaException.class).message().contains("not enough memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local function f() return 1 + f() end return f()",
            "local function f() return (('x'):gsub('.', f)) end return f()",
            "local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) return t[k] .. '' end return t.x",
            "local t = setmetatable({}, {}) getmetatable(t).__tostring = tostring return tostring(t)",
            "local function f() table.sort({1, 2, 3}, function() f() end) end f()"})
    void shouldEndRecursionWithAnErrorThatCanBeCaught(String script) {
        assertThatThrownBy(() -> run(script)).isInstanceOf(LuaException.class).message().contains("overflow");
        assertThat(run("return (pcall(load(...)))", script)).isEqualTo(LuaValue.FALSE);
    }

    @Test
    void shouldServeTheNextCallAfterOneThatWasEnded() {
        assertThatThrownBy(() -> run(SHORT, "while true do end")).isInstanceOf(LuaException.class);
        assertThat(run("return 6 * 7").tolong()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return luajava", "return java", "return debug", "return arg",
            "return package.loaded.debug",
            "return (pcall(require, 'org.luaj.vm2.lib.jse.LuajavaLib'))", "return (pcall(require, 'java.lang.System'))",
            "return (pcall(string.dump, function() end))", "return (load('\\27Lua', 'x', 'b'))",
            "return (load('\\27LuaT\\0\\25\\147'))",
            "return (package.loadlib('/lib/x86_64-linux-gnu/libc.so.6', 'system'))",
            "return (package.loadlib('libc.so.6', '*'))",
            "package.cpath = '/lib/x86_64-linux-gnu/lib?.so.6' return (pcall(require, 'c'))", "return (pcall(os.exit))",
            "return (getmetatable(coroutine.create(print)))",
            "return rawequal(getmetatable('').__index, string) == false",
            "return (pcall(io.open, '/etc/passwd', 'r; rm'))"})
    void shouldNotReachWhatIsNotForScripts(String script) {
        assertThat(Values.truth(run(script))).isFalse();
    }

    @Test
    void shouldNotSeeTheStringsOfAnotherEngine() {
        try (LuaEngine other = LuaEngine.sandboxed(Host.ofProcess())) {
            run("string.mine = true getmetatable('').__add = function() return 'mine' end leaked = 1");
            LuaValue seen = other.enter(lua -> Values
                    .first(lua.call(lua.load("return string.mine or leaked or '1' + 1".getBytes(StandardCharsets.UTF_8),
                            "=other"), LuaValue.NONE, ENOUGH_TIME)));
            assertThat(seen.tolong()).isEqualTo(2);
        }
    }

    private LuaValue run(String script, String... arguments) {
        return run(ENOUGH_TIME, script, arguments);
    }

    private LuaValue run(CallLimits limits, String script, String... arguments) {
        LuaValue[] values = Arrays.stream(arguments).map(Strings::of).toArray(LuaValue[]::new);
        return engine.enter(lua -> Values.first(
                lua.call(lua.load(script.getBytes(StandardCharsets.UTF_8), "=escape"), Values.of(values), limits)));
    }
}
