package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors of templates that cannot be rendered. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class RenderErrorTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ undef.x }} => undefined value (in <string>:1)
            ↵↵{{ undef.x.y }} => undefined value (in <string>:3)
            {{ undef['x'] }} => undefined value (in <string>:1)
            {{ 1↵ + ↵ undef.y }} => undefined value (in <string>:3)
            """)
    void shouldRefuseUndefinedMembers(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 1|nope }} => unknown filter: filter nope is unknown (in <string>:1)
            {{ 1 is nope }} => unknown test: test nope is unknown (in <string>:1)
            {{ nope() }} => unknown function: nope is unknown (in <string>:1)
            {{ words|map('nope') }} => unknown filter (in <string>:1)
            {{ words|select('nope') }} => unknown test (in <string>:1)
            """)
    void shouldRefuseUnknownNames(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 'a'.upper() }} => unknown method: string has no method named upper (in <string>:1)
            {{ m.get('a') }} => unknown method: map has no method named get (in <string>:1)
            {{ 5 () }} => invalid operation: value of type number is not callable (in <string>:1)
            {{ [1]() }} => invalid operation: object is not callable (in <string>:1)
            """)
    void shouldRefuseMethods(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 'a' + 1 }} => invalid operation: tried to use + operator on unsupported types string and number (in <string>:1)
            {{ undef + 1 }} => invalid operation: tried to use + operator on unsupported types undefined and number (in <string>:1)
            {{ 5 % 0 }} => invalid operation: unable to calculate 5 % 0 (in <string>:1)
            {{ 1 // 0 }} => invalid operation: unable to calculate 1 // 0 (in <string>:1)
            {{ 2 ** -1 }} => invalid operation: unable to calculate 2 ** -1 (in <string>:1)
            {{ 2 ** 127 }} => invalid operation: unable to calculate 2 ** 127 (in <string>:1)
            {{ 'a' * -1 }} => invalid operation: strings can only be multiplied with integers (in <string>:1)
            {{ -'a' }} => invalid operation (in <string>:1)
            {{ 'x' in 5 }} => invalid operation: cannot perform a containment check on this value (in <string>:1)
            """)
    void shouldRefuseWrongOperands(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ undef|length }} => invalid operation: cannot calculate length of value of type undefined (in <string>:1)
            {{ 5|first }} => invalid operation: cannot get first item from value (in <string>:1)
            {{ 5|join }} => invalid operation: cannot join value of type number (in <string>:1)
            {{ [1, 'a']|sum }} => invalid operation: can only sum numbers, got string (in <string>:1)
            {{ 'x'|int }} => invalid operation: invalid float literal (in <string>:1)
            {{ ''|float }} => invalid operation: cannot parse float from empty string (in <string>:1)
            {{ [1]|batch(0) }} => invalid operation: count cannot be 0 (in <string>:1)
            {{ 5|items }} => invalid operation: cannot convert value into pairs (in <string>:1)
            {% for x in 5 %}{% endfor %} => invalid operation: number is not iterable (in <string>:1)
            """)
    void shouldRefuseWrongInput(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 'a'|upper(1) }} => too many arguments (in <string>:1)
            {{ 'a'|replace('b') }} => missing argument (in <string>:1)
            {{ words|sort(nope=1) }} => too many arguments: unknown keyword argument 'nope' (in <string>:1)
            {{ [1]|join(d=',') }} => invalid operation: cannot convert kwargs to string (in <string>:1)
            {{ range('a') }} => invalid operation: cannot convert string to u32 (in <string>:1)
            {{ range(-1) }} => invalid operation: cannot convert number to u32 (in <string>:1)
            {{ range(100001) }} => invalid operation: range has too many elements (in <string>:1)
            {{ range(1, 2, 0) }} => invalid operation: cannot create range with step of 0 (in <string>:1)
            """)
    void shouldRefuseWrongArguments(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% macro m1(a) %}{% endmacro %}{{ m1(1, 2) }} => too many arguments (in <string>:1)
            {% macro m1(a) %}{% endmacro %}{{ m1(b=2) }} => too many arguments: unknown keyword argument `b` (in <string>:1)
            {% macro m1(a) %}{% endmacro %}{{ m1(1, a=2) }} => too many arguments: duplicate argument `a` (in <string>:1)
            {% macro m1() %}{% endmacro %}{% call m1() %}{% endcall %} => too many arguments: unknown keyword argument `caller` (in <string>:1)
            """)
    void shouldRefuseWrongCallsOfMacros(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% for a, b in [[1]] %}{% endfor %} => cannot unpack: sequence of wrong length (expected 2, got 1) (in <string>:1)
            {% set (a, b) = 5 %} => cannot unpack: value is not iterable (in <string>:1)
            {% set m.a = 1 %} => invalid operation: can only assign to namespaces, not map (in <string>:1)
            {% for x in [1] %}{{ loop(x) }}{% endfor %} => invalid operation: cannot recurse outside of recursive loop (in <string>:1)
            """)
    void shouldRefuseToUnpackAndAssign(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% include 'nowhere' %} => template not found: tried to include non-existing template "nowhere" (in <string>:1)
            {% include ['nowhere', 'neither'] %} => template not found: tried to include one of multiple templates, none of which existed ["nowhere", "neither"] (in <string>:1)
            {% extends 'nowhere' %} => template not found: template "nowhere" does not exist (in <string>:1)
            {% include 5 %} => invalid operation: template name was not a string (in <string>:1)
            {{ super() }} => invalid operation: cannot super outside of block (in <string>:1)
            {% block a %}{{ super() }}{% endblock %} => invalid operation: no parent block exists (in <string>:1)
            """)
    void shouldRefuseMissingTemplates(String template, String expected) {
        assertThat(TestTemplates.error(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
