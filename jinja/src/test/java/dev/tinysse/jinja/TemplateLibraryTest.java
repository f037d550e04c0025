package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateLibraryTest {

    private final TemplateLibrary library = new TemplateLibrary(TemplateOptions.DEFAULT);

    private String render(String name) {
        return library.render(name, TestTemplates.CONTEXT, Budget.UNLIMITED);
    }

    @Test
    void shouldRenderByName() {
        library.add("hello", "hello {{ m.a }}");
        assertThat(render("hello")).isEqualTo("hello x");
    }

    @Test
    void shouldReplaceATemplate() {
        library.add("part", "old");
        library.add("whole", "{% include 'part' %}");
        render("whole");
        library.add("part", "new");
        assertThat(render("whole")).isEqualTo("new");
    }

    @Test
    void shouldKeepTheOldTemplateIfTheNewOneIsBad() {
        library.add("part", "old");
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> library.add("part", "{% if %}"))
                .withMessage("syntax error: unexpected end of block (in part:1)");
        assertThat(render("part")).isEqualTo("old");
    }

    @Test
    void shouldRemoveOneTemplate() {
        library.add("one", "1");
        library.add("two", "2");
        library.remove("one");
        library.remove("nothing");
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render("one"))
                .withMessage("template not found: template \"one\" does not exist");
        assertThat(render("two")).isEqualTo("2");
    }

    @Test
    void shouldRemoveAllTemplates() {
        library.add("one", "1");
        library.clear();
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render("one"));
    }

    @Test
    void shouldRefuseABadTemplateAmongTheOptions() {
        var options = new TemplateOptions(Optional.empty(), Map.of("x", "{% if %}"), Autoescape.HTML,
                Whitespace.DEFAULT);
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> new TemplateLibrary(options));
    }

    @Test
    void shouldObeyTheOptionsInTemplatesGivenWithThem() {
        var options = new TemplateOptions(Optional.empty(), Map.of("x", "{% if yes %}\n{{ html }}{% endif %}\n"),
                Autoescape.NONE, new Whitespace(true, true, false));
        assertThat(new TemplateLibrary(options).render("x", TestTemplates.CONTEXT, Budget.UNLIMITED))
                .isEqualTo("<i>'/\"&");
    }

    @Test
    void shouldKnowTheModesOfEscapingInAnyCase() {
        assertThat(Autoescape.named("Html")).contains(Autoescape.HTML);
        assertThat(Autoescape.named("NONE")).contains(Autoescape.NONE);
        assertThat(Autoescape.named("json")).contains(Autoescape.JSON);
        assertThat(Autoescape.named("xml")).isEmpty();
    }
}
