package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Macros, calls with a block, and arguments. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class MacroTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% macro m1(a, b=2, c=3) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m1(1) }} {{ m1(1, c=5) }} {{ m1(b=9) }} {{ m1(1, *[7, 8]) }} {{ m1(**{'a': 6}) }} => 123 125 93 178 623
            """)
    void shouldBindArguments(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% macro m1() %}{{ text }}{{ v }}{% endmacro %}{% set v = 1 %}{{ m1() }} => hello World1
            {% macro down(n) %}{{ n }}{% if n > 0 %}{{ down(n - 1) }}{% endif %}{% endmacro %}{{ down(3) }} => 3210
            """)
    void shouldSeeNamesAround(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% macro box() %}[{{ caller() }}]{% endmacro %}{% call box() %}inside {{ text }}{% endcall %} => [inside hello World]
            {% macro each() %}{{ caller(1) }}{{ caller(2) }}{% endmacro %}{% call(n) each() %}<{{ n }}>{% endcall %} => <1><2>
            """)
    void shouldCallBack(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
