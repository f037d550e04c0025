package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators on numbers, texts and lists. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class ArithmeticTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 1 + 2 * 3 }} {{ 7 - 10 }} {{ 1 + 2.0 }} => 7 -3 3.0
            {{ 7 / 2 }} {{ 6 / 2 }} => 3.5 3.0
            {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 // -2 }} {{ 7.5 // 2 }} => 3 -4 -3 3.0
            {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 7.5 % 2 }} => 1 2 1 1.5
            {{ 2 ** 10 }} {{ 2 ** 3 ** 2 }} {{ -2 ** 2 }} {{ 2.0 ** -1 }} => 1024 64 4 0.5
            {{ - - 2 }} {{ -f }} {{ true + 1 }} => 2 -1.5 2
            {{ 0x1F }} {{ 0b101 }} {{ 0o17 }} {{ 1_000 }} {{ 1e3 }} => 31 5 15 1000 1000.0
            """)
    void shouldCompute(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 'a' + 'b' }} {{ 'a' ~ 1 ~ none ~ [1] }} => ab a1none[1]
            {{ (1 + 2) ~ 3 }} {{ 1 ~ 2 * 3 }} => 33 16
            {{ 'ab' * 2 }} {{ 2 * 'ab' }} {{ 'ab' * 0 }} => abab abab·
            {{ 'a' 'b' }} => ab
            """)
    void shouldJoinAndRepeat(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 1 < 2 }} {{ 2 <= 1 }} {{ 1 == 1.0 }} {{ 'a' != 'b' }} => true false true true
            {{ true == 1 }} {{ '1' == 1 }} {{ none == undef }} => true false false
            {{ [1] == [1.0] }} {{ {'a': 1} == {'a': 1.0} }} {{ [1] == range(1, 2) }} => true true true
            {{ 1 < 2 < 3 }} {{ 3 > 2 > 1 }} => true false
            {{ 'B' < 'a' }} {{ [1, 2] < [1, 3] }} {{ none < 1 }} {{ 'a' > 5 }} => true true true true
            """)
    void shouldCompare(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ undef or 'x' }} {{ 'a' or 'x' }} {{ yes and 'x' }} => x a x
            {{ not no and yes }} {{ not 1 in [1] }} => true false
            {{ 1 in [1, 2] }} {{ 'ell' in 'hello' }} {{ 'k' in {'k': 1} }} {{ 3 not in [1] }} => true true true true
            {{ 'a' if yes else 'b' }}{{ 'a' if no }}{{ 'a' if no else 'b' if no else 'c' }} => ac
            """)
    void shouldCombineConditions(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 'abcde'[1:3] }} {{ 'abcde'[-2:] }} {{ 'abcde'[:-1] }} {{ 'abcde'[::2] }} => bc de abcd ace
            {{ [1, 2, 3, 4][1:] }} {{ [1, 2, 3, 4][:2] }} {{ [1, 2, 3, 4][-7:] }} => [2, 3, 4] [1, 2] []
            {{ undef[1:] }} {{ none[1:] }} => [] []
            """)
    void shouldSlice(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ m.a }} {{ m['a'] }} [{{ m.nope }}] => x x []
            {{ words[0] }} {{ words[-1] }} [{{ words[9] }}] => pear fig []
            {{ 'héy'[1] }} {{ 'héy'[-1] }} => é y
            {{ nested[1].x.y[1] }} => 2
            [{{ none.x }}{{ 5 .x }}{{ words.x }}] => []
            """)
    void shouldFindMembersAndElements(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
