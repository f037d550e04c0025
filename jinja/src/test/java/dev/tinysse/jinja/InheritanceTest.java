package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Templates that extend, include and import others. */
class InheritanceTest {

    private final TemplateLibrary library = new TemplateLibrary(new TemplateOptions(Optional.empty(), Map.of(
            "base", "<{% block title %}none{% endblock %}|{% block body %}{% endblock %}>{{ x }}",
            "child", "{% extends 'base' %}{% set x = 'X' %}{% block body %}child {{ x }}{% endblock %}lost",
            "grandchild", "{% extends 'child' %}{% block body %}[{{ super() }}]{% endblock %}",
            "part", "part {{ x }}{% set x = 'inner' %}",
            "tools", "{% macro bold(s) %}<b>{{ s }}</b>{% endmacro %}{% set version = 42 %}ignored",
            "self", "{% include 'self' %}",
            "one", "{% extends 'two' %}",
            "two", "{% extends 'one' %}",
            "bad", "fine\n{{ nope.x }}"), Autoescape.HTML, Whitespace.DEFAULT));

    private String render(String template) {
        return library.renderString(template, TestTemplates.CONTEXT, Budget.UNLIMITED);
    }

    @Test
    void shouldFillTheBlocksOfTheParent() {
        assertThat(render("{% extends 'base' %}{% block title %}T{% endblock %}")).isEqualTo("<T|>");
    }

    @Test
    void shouldKeepNamesAndDropTextOutsideOfBlocks() {
        assertThat(render("{% include 'child' %}")).isEqualTo("<none|child X>X");
    }

    @Test
    void shouldRenderTheReplacedBlockOnSuper() {
        assertThat(render("{% extends 'grandchild' %}{% block body %}({{ super() }}){% endblock %}"))
                .isEqualTo("<none|([child X])>X");
    }

    @Test
    void shouldRenderABlockAgainByItsName() {
        assertThat(render("{% block a %}<{% endblock %}{{ self.a() }}{{ self.a()|length }}")).isEqualTo("<<1");
    }

    @Test
    void shouldLimitNamesToABlock() {
        assertThat(render("{% block a %}{% set y = 1 %}{{ y }}{% endblock %}[{{ y }}]")).isEqualTo("1[]");
    }

    @Test
    void shouldIncludeWithTheNamesAround() {
        assertThat(render("{% set x = 3 %}{% include 'part' %}, {% include ['nowhere', 'part'] %}"))
                .isEqualTo("part 3, part 3");
    }

    @Test
    void shouldNotSeeWhatAnIncludeSets() {
        assertThat(render("{% include 'part' %}[{{ x }}]")).isEqualTo("part []");
    }

    @Test
    void shouldIgnoreWhatIsMissingIfAskedTo() {
        assertThat(render("{% include 'nowhere' ignore missing %}ok")).isEqualTo("ok");
    }

    @Test
    void shouldImportATemplateAsAModule() {
        assertThat(render("{% import 'tools' as t %}{{ t.bold('<') }}{{ t.version }}")).isEqualTo("<b>&lt;</b>42");
    }

    @Test
    void shouldImportNames() {
        assertThat(render("{% from 'tools' import bold, version as v %}{{ bold(v) }}[{{ version }}]"))
                .isEqualTo("<b>42</b>[]");
    }

    @Test
    void shouldTellWhereAnIncludeFails() {
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render("\n{% include 'bad' %}"))
                .withMessage("could not render include: error in \"bad\" (in <string>:2): undefined value (in bad:2)");
    }

    @Test
    void shouldEndACycleOfIncludes() {
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render("{% include 'self' %}"))
                .withMessageContaining("recursion limit exceeded");
    }

    @Test
    void shouldEndACycleOfParents() {
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render("{% extends 'one' %}"))
                .withMessageContaining("cycle in template inheritance. \"one\" was referenced more than once");
    }

    @Test
    void shouldRefuseASecondParent() {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> render("{% extends 'base' %}{% extends 'child' %}"))
                .withMessageContaining("tried to extend a second time in a template (in <string>:1)");
    }
}
