package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters for numbers and defaults. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class NumberFilterTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ 2.567|round(2) }} {{ 2.5|round }} {{ 3.5|round }} {{ -2.5|round }} {{ 1234.5|round(-2) }} {{ 5|round }} => 2.57 3.0 4.0 -3.0 1200.0 5
            {{ 0.49999999999999994|round }} {{ 1e20|round }} => 0.0 100000000000000000000.0
            """)
    void shouldRound(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ '42'|int }} {{ '4.9'|int }} {{ '-4.9'|int }} {{ '1e3'|int }} {{ 5.9|int }} {{ true|int }} {{ none|int }} => 42 4 -4 1000 5 1 0
            {{ '5.5'|float }} {{ 5|float }} {{ 'nan'|float }} {{ '-inf'|float }} {{ '.5'|float }} => 5.5 5.0 NaN -inf 0.5
            {{ 0|bool }} {{ 'x'|bool }} {{ []|bool }} {{ undef|bool }} => false true false false
            {{ -5|abs }} {{ -f|abs }} => 5 1.5
            """)
    void shouldConvert(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ undef|default('d') }} {{ undef|d('d') }} {{ text|default('d') }} => d d hello World
            [{{ ''|default('d') }}] {{ ''|default('d', true) }} {{ none|default('d') }} [{{ undef|default }}] => [] d none []
            """)
    void shouldTakeDefaults(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
