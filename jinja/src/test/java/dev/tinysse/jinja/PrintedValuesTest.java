package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How values are printed. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class PrintedValuesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ true }} {{ false }} {{ none }} => true false none
            [{{ undef }}] => []
            {{ 42 }} {{ -7 }} => 42 -7
            {{ 1.0 }} {{ 2.5 }} {{ 0.1 + 0.2 }} => 1.0 2.5 0.30000000000000004
            {{ 1e15 }} {{ 1e16 }} {{ 1e-7 }} {{ -0.0 }} => 1000000000000000.0 10000000000000000.0 0.0000001 -0.0
            {{ 1/0 }} {{ -1/0 }} {{ 0/0 }} => inf -inf NaN
            {{ 9223372036854775807 + 1 }} {{ 2 ** 100 }} => 9223372036854775808 1267650600228229401496703205376
            {{ 'plain text' }} => plain text
            """)
    void shouldPrintSingleValues(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ [1, 'x', 1.5, none, true, undef] }} => [1, "x", 1.5, none, true, undefined]
            {{ {'b': [1], 'a': {'c': 2}} }} => {"a": {"c": 2}, "b": [1]}
            {{ [] }} {{ {} }} => [] {}
            {{ {9: 1, 10: 2, 'a': 3, 'Z': 4, true: 5, none: 6, 1.5: 7} }} => {none: 6, true: 5, 1.5: 7, 9: 1, 10: 2, "Z": 4, "a": 3}
            {{ (1, 2) }} {{ () }} => [1, 2] []
            {{ ['it\\'s', 'say "hi"', 'a\\nb', 'tab\\t', 'back\\\\slash', 'é'] }} => ["it's", "say \\"hi\\"", "a\\nb", "tab\\t", "back\\\\slash", "é"]
            {{ [1e16, 1e15, 1e-5, 0.0001, 1e100] }} => [1e16, 1000000000000000.0, 1e-5, 0.0001, 1e100]
            """)
    void shouldPrintListsAndMaps(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ range(3) }} => [0, 1, 2]
            {{ [1] + [2] }} {{ [1, 2] * 2 }} {{ [1, 2, 3][1:] }} => [1, 2] [1, 2, 1, 2] [2, 3]
            {{ [1, 2]|reverse }} {{ {'a': 1}|items }} => [2, 1] [["a", 1]]
            {{ 'a,b'|split(',') }} => <iterator>
            """)
    void shouldPrintWhatIsComputedLazily(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% macro m1(a) %}{% endmacro %}{{ m1 }} {{ m1.name }} {{ m1.arguments }} {{ m1.caller }} => <macro m1> m1 ["a"] false
            {{ namespace(a=1, b='x') }} {{ dict({'a': 1}, b=2) }} => {"a": 1, "b": "x"} {"a": 1, "b": 2}
            {% for x in [1] %}{{ loop }}{% endfor %} => <loop 0/1>
            """)
    void shouldPrintWhatTheEngineMakes(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ [1, 'x', {'a': [1.5, {}]}]|pprint }} => [↵    1,↵    "x",↵    {↵        "a": [↵            1.5,↵            {},↵        ],↵    },↵]
            {{ debug([1, [2]]) }} => [↵    1,↵    [↵        2,↵    ],↵]
            {{ debug(1, 'a') }} => [↵    1,↵    "a",↵]
            """)
    void shouldPrintTheStructureOnLines(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
