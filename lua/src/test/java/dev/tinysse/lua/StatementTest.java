package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.value.LuaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements, functions and variables: small programs and their results. */
class StatementTest {

    private final EngineFixture lua = new EngineFixture();

    @AfterEach
    void close() {
        lua.close();
    }

    private void assertResult(String program, String result) {
        assertThat(lua.run(program.replace('⏎', '\n'))).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            local a, b, c = 1, 2 return a, b, c => 1 2 nil
            local a, b = 1, 2, 3 return a, b => 1 2
            local function f() return 1, 2, 3 end local a, b, c, d = 0, f() return a, b, c, d => 0 1 2 3
            local function f() return 1, 2, 3 end local a, b, c = f(), 9 return a, b, c => 1 9 nil
            local function f() return 1, 2, 3 end local a, b = (f()) return a, b => 1 nil
            local a, b = 1, 2 a, b = b, a return a, b => 2 1
            local i, t = 1, {} i, t[i] = i + 1, 20 return i, t[1], t[2] => 2 20 nil
            local t = {1} local i = 1 t[i], t = 5, {7} return t[1] => 7
            a, b.c = 1 => error: 1: attempt to index a nil value (global 'b')
            local t = {} t.a, t.b, t.c = (function() return 1, 2 end)() return t.a, t.b, t.c => 1 2 nil
            local x = 1 local x = x + 1 do local x = x * 10 y = x end return x, y => 2 20
            x = 1 local x = 2 return x, _ENV.x => 2 1
            local c <const> = 'v' return (function() return c end)() => v
            local t <const> = {} t.a = 1 return t.a => 1
            local _ENV = {z = 3} return z => 3
            local function f(_ENV) return q end return f({q = 4}) => 4
            local t = {f = {}} function t.f.g(a) return a end function t.f:h(a) return self == t.f, a end return t.f.g(1), t.f:h(2) => 1 true 2
            local s = 'ab' return s:rep(2), ('c'):rep(3), #s:upper() => abab ccc 2
            local function f(a) return a[1] or a end return f'x', f"y", f[[z]], f{5} => x y z 5
            local function f() return f end return f == f() => true
            local f = function() return f end return f() => nil
            ;;; local a = 1; ; return a; => 1
            return => ``
            do return 1 end return 2 => 1
            return --[==[ ]] ]==] 1 --> 2 => 1
            """)
    void shouldAssignAndCall(String program, String result) {
        if (result.startsWith("error: ")) {
            assertThatThrownBy(() -> lua.run(program)).hasMessage("test.lua:" + result.substring(7));
        } else {
            assertResult(program, result);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            local s = '' for i = 1, 4 do s = s .. i end return s => 1234
            local s = '' for i = 3, 1 do s = s .. i end return s .. '.' => .
            local s = '' for i = 5, 1, -2 do s = s .. i end return s => 531
            local s = '' for i = 1, 3.7 do s = s .. i .. ' ' end return s .. '.' => 1 2 3 .
            local s = '' for i = 1.0, 2 do s = s .. i .. ' ' end return s .. '.' => 1.0 2.0 .
            local s = '' for i = 1, 2, 0.5 do s = s .. i .. ' ' end return s .. '.' => 1.0 1.5 2.0 .
            local s = '' for i = math.maxinteger - 1, math.maxinteger do s = s .. '+' end return s => ++
            local s = '' for i = math.mininteger, math.mininteger + 2, 2 do s = s .. '+' end return s => ++
            local s = '' for i = 1, math.huge, math.maxinteger do s = s .. i .. ' ' end return s .. '.' => 1 .
            local s = '' for i = 1, -math.huge do s = s .. i end return s .. '.' => .
            local s = '' for i = 1, 0/0 do s = s .. i end return s .. '.' => .
            local s = '' for i = 1, 3 do local j = i i = 10 s = s .. j .. i .. ' ' end return s .. '.' => 110 210 310 .
            local n = 3 local s = '' for i = 1, n do n = 1 s = s .. i end return s => 123
            local i = 'o' for i = 1, 2 do end return i => o
            for i = 1, 9 do if i * i > 10 then return i end end => 4
            local n = 0 for i = 1, 3 do for j = 1, 3 do if j == 2 then break end n = n + 1 end end return n => 3
            local n = 0 while n < 5 do n = n + 1 if n == 3 then break end end return n => 3
            while nil do return 1 end return 2 => 2
            local n = 0 repeat local done = n >= 2 n = n + 1 until done return n => 3
            local n = 0 repeat n = n + 1 if n == 2 then break end until false return n => 2
            local s = '' for _, v in ipairs({1, 2, nil, 4}) do s = s .. v end return s => 12
            local s = '' for a, b, c in function(_, v) if not v then return 1, 2 end end do s = s .. a .. b .. tostring(c) end return s => 12nil
            local s = '' for k in next, {x = 1} do s = s .. k end return s => x
            local function it(t, i) i = i + 1 if t[i] then return i, t[i] end end local s = 0 for i, v in it, {5, 6}, 0 do s = s + i * v end return s => 17
            local s = '' for v in (function() local i = 0 return function() i = i + 1 if i < 3 then return i end end end)() do s = s .. v v = nil end return s => 12
            if nil then return 1 elseif false then return 2 elseif 0 then return 3 else return 4 end => 3
            if false then return 1 else return 2 end => 2
            if (nil or false) and error() or not (1 and nil) then return 'yes' end => yes
            """)
    void shouldLoopAndBranch(String program, String result) {
        assertResult(program, result);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            goto a do return 1 end ::a:: return 2 => 2
            local s = '' for i = 1, 5 do if i % 2 == 0 then goto next end s = s .. i ::next:: end return s => 135
            local i = 0 ::top:: i = i + 1 if i < 4 then goto top end return i => 4
            for i = 1, 3 do for j = 1, 3 do if i * j == 6 then goto out end n = i .. j end end ::out:: return n => 22
            do goto done local x x = 1 ::done:: ; ::other:: end return 'end' => end
            do goto l end ::l:: do local a = 1 goto l2 ::l2:: return a end => 1
            local i = 1 repeat local j = i i = i + 1 if j < 3 then goto continue end do return j end ::continue:: until i > 9 => 3
            local f = {} do local k = 0 ::top:: local x = k f[#f + 1] = function() return x end k = k + 1 if k < 3 then goto top end end return f[1](), f[2](), f[3]() => 0 1 2
            local function f() goto l ::l:: return 'inner' end goto l ::l:: return f() => inner
            ::a:: ::b:: goto c ::c:: return 1 => 1
            """)
    void shouldJump(String program, String result) {
        assertResult(program, result);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            local f = {} for i = 1, 3 do f[i] = function() i = i + 10 return i end end return f[1](), f[1](), f[3]() => 11 21 13
            local f = {} for _, v in ipairs({'a', 'b'}) do f[#f + 1] = function() return v end end return f[1](), f[2]() => a b
            local f, i = {}, 0 while i < 2 do i = i + 1 local j = i f[i] = function() j = j + 1 return i, j end end return f[1](), f[2]() => 2 2 3
            local f repeat local x = 5 f = function() return x end until f() == 5 return f() => 5
            local n = 0 local function inc() n = n + 1 end local function get() return n end inc() inc() return get(), n => 2 2
            local function counter() local n = 0 return function() n = n + 1 return n end end local a, b = counter(), counter() a() return a(), b() => 2 1
            local function f(a) return function() return function() a = a + 1 return a end end end local g = f(1)() g() return g() => 3
            local x = 1 local function f() return x end x = 'changed' return f() => changed
            local x do local y = 1 x = function() y = y + 1 return y end end return x(), x() => 2 3
            local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end return fib(15) => 610
            local even, odd function even(n) return n == 0 or odd(n - 1) end function odd(n) return n ~= 0 and even(n - 1) end return even(10), odd(10) => true false
            """)
    void shouldShareVariablesWithClosures(String program, String result) {
        assertResult(program, result);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            local function f(...) return select('#', ...), ... end return f() => 0
            local function f(...) return select('#', ...), ... end return f(nil, nil) => 2 nil nil
            local function f(...) return ... end return f(1, 2), f(3, 4) => 1 3 4
            local function f(...) return (...) end return f(1, 2) => 1
            local function f(a, ...) local b, c = ... return a, b, c end return f(1, 2), f(1, 2, 3, 4) => 1 1 2 3
            local function f(...) local t = {..., ...} return #t, t[1], t[2], t[3] end return f(7, 8) => 3 7 7 8
            local function f(...) local t = {n = 0, ..., 'end'} return #t, t[2] end return f(7, 8) => 2 end
            local function f(...) a, b = ... end f(1) return a, b => 1 nil
            local function f(a, b) return a, b end return f(1, 2, 3), f() => 1 nil nil
            local function f(...) return function(...) return ... end end return f(1)(2) => 2
            local function f(...) for i, v in ipairs({...}) do s = (s or '') .. i .. v end return s end return f('a', 'b') => 1a2b
            local function f(...) return ... == nil, (... or 5) end return f() => true 5
            local function f(...) return 'x' .. ... end return f('y', 'z') => xy
            local function f(...) if ... then return ... end return 'none' end return f(false), f(3, 4) => none 3 4
            local o = {} function o:m(...) return self == o, ... end return o:m(1, 2) => true 1 2
            return select('#', ...) => 0
            """)
    void shouldPassVariableArguments(String program, String result) {
        assertResult(program, result);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            do local a <close> = C('a') local b <close> = C('b') end => b a
            for i = 1, 2 do local a <close> = C('a' .. i) if i == 1 then goto next end ::next:: end => a1 a2
            while true do local a <close> = C('a') break end => a
            (function() local a <close> = C('a') return L('value') end)() => value a
            pcall(function() local a <close> = C('a') error('e', 0) end) => a:e
            pcall(function() local a <close> = nil local b <close> = false L('open') end) => open
            for _ in next, {}, nil, C('loop') do end => loop
            for k in next, {1}, nil, C('loop') do L('body') break end => body loop
            local co = coroutine.wrap(function() local a <close> = C('a') coroutine.yield() L('on') end) co() L('off') co() => off on a
            local f do local a <close> = C('a') f = function() return a end end L(type(f())) => a table
            """)
    void shouldCloseVariablesHoweverTheirBlockEnds(String program, String closed) {
        assertResult("""
                local log = {}
                local function L(text) log[#log + 1] = text end
                local function C(name)
                  return setmetatable({}, {__close = function(_, e) L(e and name .. ':' .. e or name) end})
                end
                %s
                return table.concat(log, ' ')""".formatted(program), closed);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            local t = {1, 2, [10] = 3, x = 'y', ['z w'] = 4; 5} return #t, t[3], t[10], t.x, t['z w'] => 3 5 3 y 4
            local t = {[1.0] = 'a'} return t[1], next(t) => a 1 a
            local t = {} t[2^53] = 1 return t[1 << 53], math.type(next(t)) => 1 integer
            local t = {['1'] = 's', [1] = 'i'} return t[1], t['1'], t[1.5] => i s nil
            local t = {} t[-0.0] = 'z' return t[0] => z
            local t = {true, nil, 3} t[true] = 'yes' return t[3], t[true], t[2] => 3 yes nil
            return math.type(3 // 1), math.type(3 // 1.0), math.type(4 / 2), math.type(2 ^ 2), math.type(3 | 0) => integer float float float integer
            return 0x10, 0xA.8p1, 1e2, .5, 3., 0xffffffffffffffff, 9223372036854775808 => 16 21.0 100.0 0.5 3.0 -1 9.2233720368548e+18
            return 1 == 1.0, math.maxinteger + 1 == math.mininteger, 2^53 == 2^53 + 1 => true true true
            return '10' + 0, '0x10' + 0, ' 10 ' + 0, '1e1' + 0, 10 .. '' => 10 16 10 10.0 10
            """)
    void shouldKeepIntegersAndFloatsApart(String program, String result) {
        assertResult(program, result);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            for i = 1, 2⏎, 0 do end => 'for' step is zero
            for i = 1.0, 2⏎, 0.0 do end => 'for' step is zero
            local s⏎for i = s, 2 do end => bad 'for' initial value (number expected, got nil)
            local s = {}⏎for i = 1, s do end => bad 'for' limit (number expected, got table)
            local s = 'x'⏎for i = 1, 2, s do end => bad 'for' step (number expected, got string)
            ⏎for i in 5 do end => attempt to call a number value (for iterator 'for iterator')
            ⏎local c <close> = 5 => variable 'c' got a non-closable value
            ⏎for _ in next, {}, nil, 5 do end => variable '(for state)' got a non-closable value
            if true then⏎x.y = 1 end => attempt to index a nil value (global 'x')
            while 1 do⏎error('stop') end => stop
            local function f()⏎error('deep') end⏎f() => deep
            repeat⏎until x.y => attempt to index a nil value (global 'x')
            """)
    void shouldReportTheSecondLineWhereAStatementFails(String program, String message) {
        assertThatThrownBy(() -> lua.run(program.replace('⏎', '\n'))).isInstanceOf(LuaException.class)
                .hasMessage("test.lua:2: " + message);
    }
}
