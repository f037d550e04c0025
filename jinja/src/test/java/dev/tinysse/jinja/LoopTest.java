package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops and what they know of themselves. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class LoopTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% for x in words %}{{ x }},{% endfor %} => pear,Apple,fig,
            {% for k in m %}{{ k }} {% endfor %} => C a b·
            {% for k, v in m|items %}{{ k }}={{ v }} {% endfor %} => C=1 a=x b=2·
            {% for a, (b, c) in [[1, [2, 3]]] %}{{ a }}{{ b }}{{ c }}{% endfor %} => 123
            {% for c in 'h😀y' %}{{ c }} {% endfor %} => h 😀 y·
            {% for x in [] %}{{ x }}{% else %}empty{% endfor %}{% for x in undef %}{{ x }}{% else %}empty{% endfor %} => emptyempty
            """)
    void shouldLoop(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% for x in [1, 2, 3] if x > 1 %}{{ loop.index }}/{{ loop.length }}={{ x }} {% endfor %} => 1/2=2 2/2=3·
            {% for x in [1] if x > 1 %}{{ x }}{% else %}none{% endfor %} => none
            """)
    void shouldLeaveOutWhatTheConditionRefuses(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% for x in words %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.length }} {% endfor %} => 10323 21213 32103·
            {% for x in words %}{% if loop.first %}<{% endif %}{{ x }}{% if loop.last %}>{% else %},{% endif %}{% endfor %} => <pear,Apple,fig>
            {% for x in 'a b'|split %}{{ loop.index }}{{ loop.last }}[{{ loop.length }}]{% endfor %} => 1false[]2false[]
            """)
    void shouldCountRounds(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% for x in words %}{{ loop.previtem }}-{{ loop.nextitem }} {% endfor %} => -Apple pear-fig Apple-·
            {% for x in [1, 1, 2] %}{{ loop.changed(x) }} {% endfor %} => true false true·
            {% for x in range(4) %}{{ loop.cycle('a', 'b') }}{% endfor %} => abab
            """)
    void shouldLookAround(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% for x in [[1, [2]], [3]] recursive %}{% if x is sequence %}({{ loop.depth }}:{{ loop(x) }}){% else %}{{ x }}{% endif %}{% endfor %} => (1:1(2:2))(1:3)
            """)
    void shouldRecurse(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% for i in [1, 2] %}[{{ x }}]{% set x = i %}{% endfor %}[{{ x }}] => [][1][]
            """)
    void shouldKeepItsScopeFromRoundToRound(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
