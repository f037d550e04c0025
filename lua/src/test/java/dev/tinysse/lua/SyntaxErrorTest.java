package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.value.LuaException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that do not compile: the message and its line, and the limits of a function. */
class SyntaxErrorTest {

    private final EngineFixture lua = new EngineFixture();

    @AfterEach
    void close() {
        lua.close();
    }

    private void assertRejected(String program, String message) {
        assertThatThrownBy(() -> lua.run(program)).isInstanceOf(LuaException.class).hasMessage(message);
    }

    /** {@code prefix}1, {@code prefix}2 and so on. */
    private static String names(String prefix, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> prefix + i).collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            x = => 1: unexpected symbol near <eof>
            x = 1 + => 1: unexpected symbol near <eof>
            x = )⏎ => 1: unexpected symbol near ')'
            x⏎⏎y = 1 => 3: syntax error near 'y'
            x => 1: syntax error near <eof>
            (x) = 1 => 1: syntax error near '='
            f() = 1 => 1: syntax error near '='
            a, f() = 1 => 1: syntax error near '='
            x + 1 = 2 => 1: syntax error near '+'
            1 = x => 1: unexpected symbol near '1'
            'x'.y = 1 => 1: unexpected symbol near ''x''
            local 1 => 1: <name> expected near '1'
            local function a.b() end => 1: '(' expected near '.'
            local x <fast> = 1 => 1: unknown attribute 'fast'
            local x <const = 1 => 1: '>' expected near '='
            local a <close>, b <close> = 1 => 1: multiple to-be-closed variables in local list
            local a <const> = 1⏎a = 2 => 2: attempt to assign to const variable 'a'
            local a <close> = nil⏎function a() end => 2: attempt to assign to const variable 'a'
            local a <const> = 1⏎function f()⏎a = 2 end => 3: attempt to assign to const variable 'a'
            if x⏎y => 2: 'then' expected near 'y'
            if x then⏎x() => 2: 'end' expected (to close 'if' at line 1) near <eof>
            if x then else elseif y then end => 1: 'end' expected near 'elseif'
            while x y => 1: 'do' expected near 'y'
            while x do⏎⏎ => 3: 'end' expected (to close 'while' at line 1) near <eof>
            repeat⏎x()⏎end => 3: 'until' expected (to close 'repeat' at line 1) near 'end'
            for x do end => 1: '=' or 'in' expected near 'do'
            for x, y = 1 do end => 1: 'in' expected near '='
            for x = 1 do end => 1: ',' expected near 'do'
            for x = 1, 2⏎x() => 2: 'do' expected near 'x'
            for x = 1, 2 do⏎ => 2: 'end' expected (to close 'for' at line 1) near <eof>
            for x.y = 1, 2 do end => 1: '=' or 'in' expected near '.'
            do⏎x() => 2: 'end' expected (to close 'do' at line 1) near <eof>
            function f(a⏎b) end => 2: ')' expected near 'b'
            function f(..., a) end => 1: ')' expected near ','
            function f(1) end => 1: <name> or '...' expected near '1'
            function a:b.c() end => 1: '(' expected near '.'
            function f()⏎return ...⏎end => 2: cannot use '...' outside a vararg function near '...'
            return 1 x() => 1: <eof> expected near 'x'
            end => 1: <eof> expected near 'end'
            x = function()⏎⏎ => 3: 'end' expected (to close 'function' at line 1) near <eof>
            f(1⏎,2 => 2: ')' expected (to close '(' at line 1) near <eof>
            x = (1⏎+ 2 => 2: ')' expected (to close '(' at line 1) near <eof>
            x = {1,⏎2 => 2: '}' expected (to close '{' at line 1) near <eof>
            x = {[1 = 2} => 1: ']' expected near '='
            x = {[1]} => 1: '=' expected near '}'
            x = a[1⏎ => 2: ']' expected near <eof>
            x = a. 1 => 1: <name> expected near '1'
            x = a.⏎b.⏎=> 3: <name> expected near <eof>
            a:b = 1 => 1: function arguments expected near '='
            x = 'ab⏎' => 1: unfinished string near ''ab'
            x = "ab => 1: unfinished string near <eof>
            x = [[a⏎b => 2: unfinished long string (starting at line 1) near <eof>
            x = 1 --[==[⏎]] => 2: unfinished long comment (starting at line 1) near <eof>
            x = [=x => 1: invalid long string delimiter near '[='
            x = 3x => 1: malformed number near '3x'
            x = 0x => 1: malformed number near '0x'
            x = 1e+ => 1: malformed number near '1e+'
            x = 1..2 => 1: malformed number near '1..2'
            x = '\\q' => 1: invalid escape sequence near ''\\q'
            x = '\\300' => 1: decimal escape too large near ''\\300''
            x = '\\xg' => 1: hexadecimal digit expected near ''\\xg'
            x = '\\u1' => 1: missing '{' in \\u{xxxx} near ''\\u1'
            x = '\\u{110000000}' => 1: UTF-8 value too large near ''\\u{110000000'
            x = '\\u{1' => 1: missing '}' in \\u{xxxx} near ''\\u{1''
            x = 1 @ 2 => 1: unexpected symbol near '@'
            x = a ! b => 1: unexpected symbol near '!'
            x = not => 1: unexpected symbol near <eof>
            and = 1 => 1: unexpected symbol near 'and'
            """)
    void shouldNameTheFaultAndItsLine(String program, String message) {
        assertRejected(program.replace('⏎', '\n'), "test.lua:" + message);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            goto l => 1: no visible label 'l' for <goto> at line 1
            ⏎do goto l end do ::l:: end => 2: no visible label 'l' for <goto> at line 2
            ::l:: function f()⏎goto l end => 2: no visible label 'l' for <goto> at line 2
            goto l⏎local a⏎::l:: x() => 3: <goto l> at line 1 jumps into the scope of local 'a'
            repeat goto l⏎local a⏎::l:: until a => 3: <goto l> at line 1 jumps into the scope of local 'a'
            ::l::⏎do ::l:: end => 2: label 'l' already defined on line 1
            ::l::⏎x()⏎::l:: => 3: label 'l' already defined on line 1
            x()⏎break => 2: break outside loop at line 2
            while x do function f() break end⏎end => 2: break outside loop at line 1
            goto 1 => 1: <name> expected near '1'
            ::l: => 1: '::' expected near ':'
            """)
    void shouldRejectAJumpToNowhere(String program, String message) {
        assertThatThrownBy(() -> lua.run(program.replace('⏎', '\n'))).isInstanceOf(LuaException.class)
                .hasMessageStartingWith("test.lua:" + message);
    }

    @Test
    void shouldCompileTwoHundredLocalVariablesAndNoMore() {
        String most = "local " + names("a", 1, 200) + " = " + names("", 1, 200) + "\n";
        assertThat(lua.run(most + "return a1, a200")).isEqualTo("1 200");
        assertThat(lua.run("do " + most + "end do " + most + "return a200 end")).isEqualTo("200");

        assertRejected(most + "\nlocal b",
                "test.lua:3: too many local variables (limit is 200) in main function near <eof>");
        assertRejected("\nlocal function f(" + names("a", 1, 201) + ")\nend",
                "test.lua:2: too many local variables (limit is 200) in function at line 2 near ')'");
        assertRejected("local " + names("a", 1, 197) + "\nfor i, j in x do end",
                "test.lua:2: too many local variables (limit is 200) in main function near 'do'");
        assertRejected("local " + names("a", 1, 198) + "\nfor i = 1, 2 do end",
                "test.lua:2: too many local variables (limit is 200) in main function near 'do'");
    }

    @Test
    void shouldCompileAFunctionWithTwoHundredFiftyFiveUpvaluesAndNoMore() {
        String program = """
                local %s = %s
                local function f()
                local %s = %s
                return function()
                return %s + %s
                end end
                return f()()""";
        String a = names("a", 1, 199);
        String b = names("b", 1, 56);
        String most = program.formatted(a, names("", 1, 199), b, names("", 1, 56), a.replace(",", " +"),
                b.replace(",", " +"));
        assertThat(lua.run(most)).isEqualTo("21496");

        assertRejected(most.replace(" + b56", " + b56 +\nf"),
                "test.lua:7: too many upvalues (limit is 255) in function at line 4 near 'end'");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            return ( => 1 => )
            return { => 1 => }
            do => x = 1 => end
            if x then => x = 1 => end
            return function() => return 1 => end
            return - => 1 => ``
            return 1 .. => 1 => ``
            """)
    void shouldLimitHowDeepAProgramIsNested(String opening, String core, String closing) {
        String start = opening.startsWith("return ") ? "return " : "";
        String repeated = opening.substring(start.length());
        assertThat(lua.engine.<Boolean>enter(session -> EngineFixture.chunk(session,
                nested(start, opening, repeated, core, closing, 150)) != null)).isTrue();
        assertThatThrownBy(() -> lua.run(nested(start, opening, repeated, core, closing, 250)))
                .isInstanceOf(LuaException.class).hasMessageContaining("C stack overflow");
    }

    private static String nested(String start, String opening, String repeated, String core, String closing,
            int depth) {
        String inner = repeated.startsWith("function") ? opening : repeated;
        return start + (inner + " ").repeat(depth).substring(inner.equals(opening) ? start.length() : 0) + core
                + (" " + closing).repeat(depth);
    }
}
