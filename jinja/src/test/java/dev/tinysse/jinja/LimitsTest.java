package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that would run, grow or nest without end. */
class LimitsTest {

    /** The exception of the budget of these tests; no template turns it into an error of its own. */
    private static final class Exhausted extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private static final class Limited implements Budget {

        private int steps = 1_000_000;
        private long bytes = 10_000_000;

        @Override
        public void step() {
            if (--steps < 0) {
                throw new Exhausted();
            }
        }

        @Override
        public void allocate(long more) {
            bytes -= more;
            if (bytes < 0) {
                throw new Exhausted();
            }
        }
    }

    private static String render(String template) {
        return new TemplateLibrary(TemplateOptions.DEFAULT).renderString(template, TestTemplates.CONTEXT,
                new Limited());
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
            "{{ range(100000)|map('default')|list + range(100000)|map('string')|sort|unique }}{{ 'x' * 9999999 }}",
            "{{ ('x' * 2000000000)|length }}",
            "{{ [1, 2] * 1000000000 }}",
            "{{ 'a\n'|indent(2000000000) }}",
            "{{ [1]|batch(2000000000, 'x') }}",
            "{{ [1]|slice(2000000000) }}",
            "{{ [[1]]|tojson(2000000000) }}",
            "{{ range(100000)|join('x' * 10000) }}",
            "{% set x = 'a' * 10000 %}{{ x|replace('a', x) }}",
            "{% set ns = namespace(x='x') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
            "{% set ns = namespace(x=1) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
            "{% set ns = namespace(x=1) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}"
                    + "{{ ns.x|tojson }}"})
    void shouldEndWithTheBudget(String template) {
        assertThatExceptionOfType(Exhausted.class).isThrownBy(() -> render(template));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
            "{% block a %}{{ self.a() }}{% endblock %}",
            "{% for x in [1] recursive %}{{ loop([x]) }}{% endfor %}",
            "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}",
            "{% set ns = namespace(x=1) %}{% set ns.x = ns %}{{ ns }}",
            "{% set ns = namespace(x=1) %}{% set ns.x = ns %}{{ ns|tojson }}",
            "{% set a = namespace(x=1) %}{% set a.x = a %}{% set b = namespace(x=1) %}{% set b.x = b %}{{ a == b }}"})
    void shouldEndRecursionWithAnError(String template) {
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render(template))
                .withMessageContaining("recursion limit exceeded");
    }

    @Test
    void shouldRefuseSourceThatIsNestedTooDeep() {
        for (String deep : new String[]{"(", "[", "not ", "- ", "1 if 2 else "}) {
            assertThatExceptionOfType(TemplateException.class)
                    .isThrownBy(() -> render("{{ " + deep.repeat(10_000) + "1 }}"))
                    .withMessageContaining("template exceeds maximum recursion limits");
        }
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> render("{% if yes %}".repeat(10_000)))
                .withMessageContaining("template exceeds maximum recursion limits");
    }

    @Test
    void shouldRefuseOperatorsInALineWithoutEnd() {
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render("{{ 1" + "+1".repeat(9_999) + " }}"))
                .withMessageContaining("recursion limit exceeded");
    }

    @Test
    void shouldTakeManyBranches() {
        assertThat(render("{% if no %}" + "{% elif no %}".repeat(10_000) + "{% else %}x{% endif %}")).isEqualTo("x");
    }

    @Test
    void shouldTakeSourceOfSomeDepth() {
        assertThat(render("{{ " + "(".repeat(60) + "1" + ")".repeat(60) + " }}")).isEqualTo("1");
        assertThat(render("{% if yes %}".repeat(60) + "x" + "{% endif %}".repeat(60))).isEqualTo("x");
        assertThat(render("{% macro m(n) %}{% if n > 0 %}{{ m(n - 1) }}{% endif %}x{% endmacro %}{{ m(80) }}"))
                .hasSize(81);
    }
}
