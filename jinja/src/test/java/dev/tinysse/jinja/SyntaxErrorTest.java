package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors of templates that cannot be parsed. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class SyntaxErrorTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% if %} => syntax error: unexpected end of block (in <string>:1)
            {% if yes %} => syntax error: unexpected end of input, expected end of block (in <string>:1)
            {{ 1 => syntax error: unexpected end of input, expected end of variable block (in <string>:1)
            {{ }} => syntax error: unexpected end of variable block (in <string>:1)
            {{ a b }} => syntax error: unexpected identifier, expected end of variable block (in <string>:1)
            {{ 1 + }} => syntax error: unexpected end of variable block (in <string>:1)
            {{ a[] }} => syntax error: unexpected `]` (in <string>:1)
            {{ [1 }} => syntax error: unexpected `}`, expected `,` (in <string>:1)
            {% set a, b = 1, 2 %} => syntax error: unexpected `,`, expected assignment operator (in <string>:1)
            {% for x words %}{% endfor %} => syntax error: unexpected identifier, expected in (in <string>:1)
            {{ a | }} => syntax error: unexpected end of variable block, expected identifier (in <string>:1)
            """)
    void shouldNameWhatIsUnexpected(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% endif %} => syntax error: unknown statement endif (in <string>:1)
            {% break %} => syntax error: unknown statement break (in <string>:1)
            {% 5 %} => syntax error: unknown integer, expected statement (in <string>:1)
            {{ $ }} => syntax error: unexpected character (in <string>:1)
            """)
    void shouldNameWhatIsNotKnown(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 'abc }} => syntax error: unexpected end of string (in <string>:1)
            {# x => syntax error: unexpected end of comment (in <string>:1)
            {% raw %}x => syntax error: unexpected end of raw block (in <string>:1)
            {% for x in y => syntax error: unexpected end of input, expected end of block (in <string>:1)
            """)
    void shouldNameWhatIsNotClosed(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% set true = 1 %} => syntax error: cannot assign to reserved variable name true (in <string>:1)
            {% for loop in words %}{% endfor %} => syntax error: cannot assign to reserved variable name loop (in <string>:1)
            {% block a %}{% endblock %}{% block a %}{% endblock %} => syntax error: block 'a' defined twice (in <string>:1)
            {% block a %}{% endblock b %} => syntax error: mismatching name on block. Got `b`, expected `a` (in <string>:1)
            {% macro a() %}{% block x %}{% endblock %}{% endmacro %} => syntax error: block tags in macros are not allowed (in <string>:1)
            {{ f(a=1, 2) }} => syntax error: non-keyword arg after keyword arg (in <string>:1)
            """)
    void shouldRefuseBadNames(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 1_ }} => syntax error: '_' may not occur at end of number (in <string>:1)
            {{ 0b2 }} => syntax error: invalid integer (too large) (in <string>:1)
            {{ '\\x' }} => bad string escape (in <string>:1)
            {{ 9999999999999999999999999999999999999999 }} => syntax error: invalid integer (too large) (in <string>:1)
            """)
    void shouldRefuseBadLiterals(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            ↵↵{{ 1 + }} => syntax error: unexpected end of variable block (in <string>:3)
            a↵{% if yes %}↵b => syntax error: unexpected end of input, expected end of block (in <string>:2)
            ↵{{ 'a↵b }} => syntax error: unexpected end of string (in <string>:3)
            """)
    void shouldTellTheLine(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
