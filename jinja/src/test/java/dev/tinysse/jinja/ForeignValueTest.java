package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.jinja.Value.Mapping;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that come from outside. */
class ForeignValueTest {

    /** A map that is computed, not stored: every name has itself as its value. */
    private static final Mapping NAMES = new Mapping() {
        @Override
        public Value get(Value key) {
            return key;
        }

        @Override
        public boolean contains(Value key) {
            return key.asText().filter(name -> name.startsWith("x")).isPresent();
        }

        @Override
        public List<Value> keys() {
            return List.of(Value.of("x1"), Value.of("x2"));
        }

        @Override
        public int size() {
            return 2;
        }
    };

    private static String render(String template, Mapping context) {
        return new TemplateLibrary(TemplateOptions.DEFAULT).renderString(template, context, Budget.UNLIMITED);
    }

    @Test
    void shouldReadMapsWhereTheyAre() {
        assertThat(render("{{ xa }}[{{ y }}]", NAMES)).isEqualTo("xa[]");
        assertThat(render("{{ m.xb }} {{ m|length }} {% for k in m %}{{ k }}{% endfor %} {{ 'y' in m }}",
                MapValue.of(Map.of("m", NAMES)))).isEqualTo("xb 2 x1x2 false");
    }

    @Test
    void shouldFailOnlyWhereAnUnusableValueIsTouched() {
        Mapping context = MapValue.of(Map.of("f", new Value.Unusable("cannot serialize <function>"), "l",
                ListValue.of(List.of(new Value.Unusable("cannot serialize <function>")))));
        assertThat(render("{{ 1 }}{{ l|length }}", context)).isEqualTo("11");
        for (String template : List.of("{{ f }}", "{{ f is defined }}", "{{ l[0] }}", "{% if f %}{% endif %}")) {
            assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render(template, context))
                    .withMessage("could not serialize to value: cannot serialize <function> (in <string>:1)");
        }
    }

    @Test
    void shouldCompareEveryKindWithEveryOther() {
        String all = "{% macro q() %}{% endmacro %}{% for x in [1] %}{% set all = [undef, none, true, 1, 1.5, 'a', [], {},"
                + " range(2), q, range, loop, namespace()] %}{% for a in all %}{% for b in all %}"
                + "{{ a < b or a == b or a > b }}{% endfor %}{% endfor %}{{ all|sort|length }}{% endfor %}";
        assertThat(render(all, NAMES)).isEqualTo("true".repeat(13 * 13) + "13");
    }

    @Test
    void shouldSortKeysByKindSizeAndCodePoints() {
        List<Value> keys = List.of(Value.of(true), Value.of(1.5), Value.of(9), Value.of(10), Value.of("Z"),
                Value.of("a"), Value.of("\uffee"), Value.of("\ud83d\ude00"));
        assertThat(keys.reversed().stream().sorted(new Order(Budget.UNLIMITED))).containsExactlyElementsOf(keys);
    }
}
