package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions, assignments and blocks of text. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class StatementTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% if i > 9 %}many{% elif i == 7 %}seven{% else %}none{% endif %} => seven
            {% if undef %}y{% else %}n{% endif %}{% if '' %}y{% else %}n{% endif %}{% if [] %}y{% else %}n{% endif %}{% if 0.0 %}y{% else %}n{% endif %} => nnnn
            """)
    void shouldChooseBranches(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% set x = 5 %}{{ x + 1 }} => 6
            {% set x %}a{{ 1 }}b{% endset %}{{ x }} => a1b
            {% set x|upper|replace('A', 'x') %}ab{% endset %}{{ x }} => xB
            {% set (a, b) = [1, 2] %}{{ b }}{{ a }} => 21
            {% set x = 1 %}{% for i in [1, 2] %}{% set x = i %}{% endfor %}{{ x }} => 1
            {% if yes %}{% set x = 2 %}{% endif %}{{ x }} => 2
            """)
    void shouldSetNames(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% set ns = namespace(n=0) %}{% for i in [1, 2, 3] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }} => 6
            """)
    void shouldAssignToNamespaces(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% with a=1, b=2 %}{{ a + b }}{% endwith %}[{{ a }}] => 3[]
            {% with (a, b)=[1, 2] %}{{ a }}{{ b }}{% endwith %} => 12
            """)
    void shouldLimitNamesToWith(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% filter upper %}abc{% endfilter %} => ABC
            {% filter replace('a', 'b')|upper %}aXa{% endfilter %} => BXB
            """)
    void shouldFilterBlocks(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% raw %}{{ x }}{% if %}{% endraw %} => {{ x }}{% if %}
            a{# not {{ shown }} #}b => ab
            {{ '}}' }}{{ {'a': {'b': 1}}}} => }}{"a": {"b": 1}}
            """)
    void shouldCopyRawText(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% macro m1() %}lost{% endmacro %}{% do m1() %}ok => ok
            """)
    void shouldDo(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
