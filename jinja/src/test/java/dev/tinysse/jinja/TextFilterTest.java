package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters for texts. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class TextFilterTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ text|lower }} {{ text|upper }} {{ text|title }} {{ text|capitalize }} => hello world HELLO WORLD Hello World Hello world
            {{ 'straße éA'|upper }} {{ 'éa bc-de_f'|title }} {{ 5|upper }} => STRASSE ÉA Éa Bc-De_F 5
            """)
    void shouldChangeLetters(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            [{{ '  x '|trim }}] {{ 'xxaxx'|trim('x') }} => [x] a
            {{ text|replace('l', 'L') }} {{ 'abc'|replace('', '-') }} {{ 123|replace(2, 'x') }} => heLLo WorLd -a-b-c- 1x3
            {{ 'a,b,c'|split(',')|list }} {{ ' a b  c '|split|list }} {{ 'a,b,c'|split(',', 1)|list }} => ["a", "b", "c"] ["a", "b", "c"] ["a", "b,c"]
            {{ '  a b  c'|split(none, 1)|list }} {{ 'abc'|split('')|list }} {{ ''|split(',')|list }} => ["a", "b  c"] ["", "a", "b", "c", ""] [""]
            {{ 'a\\nb\\r\\nc\\n'|lines }} {{ ''|lines }} => ["a", "b", "c"] []
            {{ 'abc'|reverse }} {{ 'abc'|first }}{{ 'abc'|last }} {{ 'héy'|length }} => cba ac 3
            """)
    void shouldCutAndReplace(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 'a\\nb\\n\\nc\\n'|indent(2) }}| => a↵  b↵↵  c|
            {{ 'a\\n\\nb'|indent(2, true) }} => ··a↵↵  b
            {{ 'a\\n\\nb'|indent(2, false, true) }} => a↵  ↵  b
            """)
    void shouldIndent(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 5|string ~ 'x' }} {{ [1, 'a']|string }} {{ none|string }} => 5x [1, "a"] none
            """)
    void shouldMakeTexts(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
