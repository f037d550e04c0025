package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whitespace beside tags. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class WhitespaceTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            line↵ => line
            line↵↵ => line↵
            line␍↵ => line
            {{ 'a' }}↵ => a
            """)
    void shouldDropOneLastLineBreak(String template, String expected) {
        assertThat(TestTemplates.renderEscaped(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            a↵{% if yes %}↵b↵{% endif %}↵c => a↵↵b↵↵c
            """)
    void shouldKeepOtherWhiteSpace(String template, String expected) {
        assertThat(TestTemplates.renderEscaped(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            a  {%- if yes -%}  b  {%- endif -%}  c => abc
            a {{- 1 -}} b => a1b
            a {#- c -#} b => ab
            a {%- raw -%} {{ x }} {%- endraw -%} b => a{{ x }}b
            """)
    void shouldTrimAtSigns(String template, String expected) {
        assertThat(TestTemplates.renderEscaped(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            <↵  {% if yes %}↵  a↵  {% endif %}↵> => <↵    a↵  >
            <␍↵{% if yes %}␍↵a␍↵{% endif %}␍↵> => <␍↵a␍↵>
            {# c #}↵a{{ 1 }}↵b => a1↵b
            {% if yes +%}↵a{% endif %} => ↵a
            """)
    void shouldTrimTheBreakBehindABlock(String template, String expected) {
        assertThat(TestTemplates.renderTrimmed(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            <↵  {% if yes %}↵  a↵  {% endif %}↵> => <↵↵  a↵↵>
            a  {% if yes %}b{% endif %} => a  b
            ··{{ 1 }} => ··1
            ↵  {%+ if yes %}a{% endif %} => ↵  a
            """)
    void shouldStripTheIndentOfABlock(String template, String expected) {
        assertThat(TestTemplates.renderStripped(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            <↵  {% if yes %}↵  a↵  {% endif %}↵> => <↵  a↵>
            <↵  {# c #}↵  a↵ > => <↵  a↵ >
            {% raw %}↵  r↵  {% endraw %}↵> => ··r↵>
            """)
    void shouldStripAndTrim(String template, String expected) {
        assertThat(TestTemplates.renderStrippedAndTrimmed(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            x↵ => x↵
            x↵↵ => x↵↵
            """)
    void shouldKeepTheLastLineBreak(String template, String expected) {
        assertThat(TestTemplates.renderKept(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
