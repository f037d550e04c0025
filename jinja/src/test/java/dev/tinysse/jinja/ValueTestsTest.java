package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests behind {@code is}. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class ValueTestsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 1 is number }} {{ 1 is integer }} {{ 1.0 is float }} {{ 'x' is string }} {{ true is boolean }} {{ true is number }} => true true true true true false
            {{ [] is sequence }} {{ {} is mapping }} {{ 'x' is iterable }} {{ 5 is iterable }} {{ range(2) is sequence }} {{ range(2) is iterable }} => true true true false false true
            {{ undef is defined }} {{ undef is undefined }} {{ none is none }} {{ true is true }} {{ 1 is true }} {{ false is false }} => false true true true false true
            """)
    void shouldTellKinds(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 3 is odd }} {{ 4 is even }} {{ 3 is not even }} {{ 9 is divisibleby(3) }} {{ 9 is divisibleby 2 }} {{ 2.0 is even }} => true true true true false true
            """)
    void shouldTellNumbers(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 'abc' is startingwith('a') }} {{ 'abc' is endingwith('b') }} {{ 'abc' is lower }} {{ 'ABc' is upper }} => true false true false
            """)
    void shouldTellTexts(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 1 is eq 1.0 }} {{ 1 is ne(2) }} {{ 1 is lt 2 }} {{ 1 is ge(1) }} {{ 3 is greaterthan 2 }} {{ 1 is lessthan(1) }} {{ 1 is equalto 1 }} => true true true true true false true
            {{ 'x' is in ['x'] }} {{ 'z' is in 'xyz' }} {{ m is sameas m }} {{ 1 is sameas 1.0 }} => true true true false
            """)
    void shouldCompare(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 'upper' is filter }} {{ 'nope' is filter }} {{ 'odd' is test }} {{ 'nope' is test }} => true false true false
            """)
    void shouldKnowFiltersAndTests(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
