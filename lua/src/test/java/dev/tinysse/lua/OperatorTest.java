package dev.tinysse.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.value.LuaException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators, compiled for constants, for variables whose type is known, and for values of any type. */
class OperatorTest {

    /** {@code A} and {@code B} are the operands. */
    private static final List<String> FORMS = List.of(
            "return A OP B",
            "local a <const>, b <const> = A, B return a OP b",
            "local a, b = A, B return a OP b",
            "local a = A a = a OP B return a",
            "local function f(a, b) return a OP b end return f(A, B)",
            "local function f(a) return a OP B end return f(A)",
            "local function f(b) return A OP b end return f(B)",
            "local a = A local function f() return a OP B end return f()",
            "local t = {a = A, B} return t.a OP t[1]",
            "a, b = A, B return a OP b");
    private static final List<String> CONDITIONS = List.of(
            "if A OP B then return true else return false end",
            "local function f(a, b) if a OP b then return true end return false end return f(A, B)",
            "local function f(a, b) if not (a OP b) then return false end return true end return f(A, B)",
            "local function f(a) while a OP B do return true end return false end return f(A)",
            "local function f(b) repeat local c = A OP b until true return A OP b and true end return f(B)",
            "local a, b = A, B return a OP b and true or false",
            "local a, b = A, B return not (not (a OP b))");

    private final EngineFixture lua = new EngineFixture();

    @AfterEach
    void close() {
        lua.close();
    }

    private static String program(String form, String operation) {
        String[] parts = operation.split(" ");
        return form.replace("OP", parts[1]).replaceAll("\\bA\\b", parts[0]).replaceAll("\\bB\\b", parts[2]);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            7 + 2 => 9
            7 + 2.0 => 9.0
            9223372036854775807 + 1 => -9223372036854775808
            9223372036854775807 + 1.0 => 9.2233720368548e+18
            '7' + 2 => 9
            '0x10' + '1' => 17
            '1e1' + 1 => 11.0
            7 - 9 => -2
            (-9223372036854775807) - 2 => 9223372036854775807
            0.5 - 0.5 => 0.0
            6 * 7 => 42
            4611686018427387904 * 2 => -9223372036854775808
            (-1) * 0.0 => -0.0
            7 / 2 => 3.5
            6 / 2 => 3.0
            1 / 0 => inf
            (-1) / 0 => -inf
            7 // 2 => 3
            (-7) // 2 => -4
            7 // -2.0 => -4.0
            1.0 // 0 => inf
            (-9223372036854775807-1) // -1 => -9223372036854775808
            7 % 3 => 1
            (-7) % 3 => 2
            7 % -3 => -2
            (-7.5) % 2 => 0.5
            5 % math.huge => 5.0
            (-5) % math.huge => inf
            (-9223372036854775807-1) % -1 => 0
            2 ^ 10 => 1024.0
            2 ^ 0.5 => 1.4142135623731
            (-2) ^ 2 => 4.0
            6 & 3 => 2
            6 | 3 => 7
            6 ~ 3 => 5
            6.0 & 3 => 2
            1 << 4 => 16
            1 << 63 => -9223372036854775808
            1 << 64 => 0
            16 << -2 => 4
            (-1) >> 1 => 9223372036854775807
            1 >> -4 => 16
            (-1) >> 64 => 0
            'a' .. 'b' => ab
            1 .. 2 => 12
            1.0 .. 'x' => 1.0x
            nil and 1 => nil
            false and error => false
            0 and 1 => 1
            nil or 1 => 1
            false or nil => nil
            0 or 1 => 0
            """)
    void shouldComputeTheSameFromConstantsAndFromVariables(String operation, String result) {
        for (String form : FORMS) {
            String program = program(form, operation);
            assertThat(lua.run(program)).as(program).isEqualTo(result);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            1 == 1.0 => true
            '1' == 1 => false
            0.0 == -0.0 => true
            (0/0) == (0/0) => false
            nil == false => false
            'a' == 'a' => true
            9223372036854775807 == 9223372036854775807.0 => false
            9007199254740993 == 9007199254740992.0 => false
            1 ~= 1.0 => false
            '1' ~= 1 => true
            (0/0) ~= (0/0) => true
            1 < 2 => true
            2 < 2 => false
            1 < 1.5 => true
            1.5 < 1 => false
            9223372036854775807 < 9223372036854775808.0 => true
            (-9223372036854775807-1) < -9223372036854775808.0 => false
            (0/0) < 1 => false
            1 < (0/0) => false
            'Z' < 'a' => true
            'a' < 'ab' => true
            '' < '' => false
            2 <= 2 => true
            2.5 <= 2 => false
            9007199254740993 <= 9007199254740992.0 => false
            (0/0) <= (0/0) => false
            'b' <= 'a' => false
            2 > 1 => true
            1 > 1.0 => false
            (0/0) > 0 => false
            'b' > 'a' => true
            1 >= 1.0 => true
            1 >= (0/0) => false
            'a' >= 'b' => false
            """)
    void shouldCompareTheSameAsAValueAndAsACondition(String operation, String result) {
        for (String form : FORMS) {
            assertThat(lua.run(program(form, operation))).as(program(form, operation)).isEqualTo(result);
        }
        for (String form : CONDITIONS) {
            assertThat(lua.run(program(form, operation))).as(program(form, operation)).isEqualTo(result);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            5 - => -5
            0.0 - => -0.0
            '2' - => -2
            (-9223372036854775807-1) - => -9223372036854775808
            0 ~ => -1
            5.0 ~ => -6
            nil not => true
            0 not => false
            'héy' # => 4
            {1,2,3} # => 3
            """)
    void shouldApplyAnOperatorToOneOperand(String operation, String result) {
        String operand = operation.substring(0, operation.lastIndexOf(' '));
        String operator = operation.substring(operand.length() + 1) + " ";
        for (String form : List.of("return OP A", "local a = A return OP a", "local a <const> = A return OP a",
                "local function f(a) return OP a end return f(A)", "a = A return OP a")) {
            String program = form.replace("OP ", operator).replaceAll("\\bA\\b", operand);
            assertThat(lua.run(program)).as(program).isEqualTo(result);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            return 2 + 3 * 4 ^ 2 / 8 - 1 => 7.0
            return 2 ^ 3 ^ 2, -2 ^ 2, 2 ^ -1 => 512.0 -4.0 0.5
            return 10 - 3 - 2, 100 // 7 // 2 => 5 7
            return 'a' .. 1 + 2 .. 'b' => a3b
            return 1 << 2 + 1, 1 | 2 ~ 3 & 5, 5 & 3 == 1 => 8 3 true
            return 1 .. 2 == '12', not 1 == 2, not (1 == 2) => true false true
            return 1 < 2 == true, #'abc' + 1, -'2' + 1 => true 4 -1
            return nil and 1 or 2, false or nil and 1, 1 and nil or false => 2 nil false
            return - - 2, not not nil, ~ ~ 7 => 2 false 7
            """)
    void shouldBindOperatorsByTheirPrecedence(String program, String result) {
        assertThat(lua.run(program)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            1 // 0 => attempt to divide by zero
            1 % 0 => attempt to perform 'n%0'
            1 < '2' => attempt to compare number with string
            {} < {} => attempt to compare two table values
            nil >= 1 => attempt to compare number with nil
            true <= false => attempt to compare two boolean values
            """)
    void shouldFailTheSameFromConstantsAndFromVariables(String operation, String message) {
        for (String form : FORMS) {
            String program = program(form, operation);
            assertThatThrownBy(() -> lua.run(program)).as(program).isInstanceOf(LuaException.class)
                    .hasMessageStartingWith("test.lua:1: " + message);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            local t = {}⏎return t + 1 => 2: attempt to perform arithmetic on a table value (local 't')
            local t = {}⏎return 1 // t.x => 2: attempt to perform arithmetic on a nil value (field 'x')
            return -⏎x => 1: attempt to perform arithmetic on a nil value (global 'x')
            local t = {}⏎local function f() return t * 2 end⏎f() => 2: attempt to perform arithmetic on a table value (upvalue 't')
            return 'a' + 1 => 1: attempt to add a 'string' with a 'number'
            return '1' | 1 => 1: attempt to perform bitwise operation on a string value (constant '1')
            return ~'a' => 1: attempt to perform bitwise operation on a string value (constant 'a')
            return 1 | 1e100 => 1: number has no integer representation
            local a = 1.5⏎return a & 1 => 2: number (local 'a') has no integer representation
            local b = true⏎return b << 1 => 2: attempt to perform bitwise operation on a boolean value (local 'b')
            return #5 => 1: attempt to get length of a number value
            return #n => 1: attempt to get length of a nil value (global 'n')
            local n⏎n.x = 1 => 2: attempt to index a nil value (local 'n')
            local t = {}⏎t.a.b = 1 => 2: attempt to index a nil value (field 'a')
            local t = {{}}⏎return t[1][2][3] => 2: attempt to index a nil value (field 'integer index')
            local t = {}⏎t[nil] = 1 => 2: table index is nil
            local t = {}⏎t[0/0] = 1 => 2: table index is NaN
            local f = 1⏎f() => 2: attempt to call a number value (local 'f')
            local t = {}⏎t.f() => 2: attempt to call a nil value (field 'f')
            local t = {}⏎t:f() => 2: attempt to call a nil value (method 'f')
            return (nil)() => 1: attempt to call a nil value
            """)
    void shouldNameTheOperandAndTheLineOfAFailure(String program, String message) {
        assertThatThrownBy(() -> lua.run(program.replace('⏎', '\n'))).isInstanceOf(LuaException.class)
                .hasMessage("test.lua:" + message);
    }
}
