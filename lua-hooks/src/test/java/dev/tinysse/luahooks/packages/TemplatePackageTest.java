package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.value.LuaException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The package {@code template} beyond the recorded cases. */
class TemplatePackageTest {

    private static final String TEMPLATE = """
            local template, json = require 'template', require 'json'
            local render = template.renderstring
            """;

    private final TestScripts scripts = new TestScripts(new TemplatePackage(), new JsonPackage());

    @AfterEach
    void close() {
        scripts.close();
    }

    @Test
    void shouldSeeArraysWithHolesAndWithoutNames() {
        assertThat(run("return render('{{ a }}{{ a.x }}', {a = {1, nil, 3, x = 5}}), render('[{{ x }}]', {1, x = 5})"))
                .isEqualTo("[1, none, 3] []");
        assertThat(run("return render('{{ a }}{{ b }}{{ a is mapping }}', {a = {}, b = json.array()})"))
                .isEqualTo("{}[]true");
    }

    @Test
    void shouldSeeKeysOfAllKindsInOrder() {
        assertThat(run("return render('{% for k in m %}{{ k }} {% endfor %}{{ m|length }}',"
                + " {m = {[10] = 1, [9] = 2, Z = 3, a = 4, [-1] = 6, [2.5] = 7, [true] = 8, [print] = 9, [{}] = 10}})"))
                .isEqualTo("true -1 2.5 9 10 Z a 7");
        assertThat(run("return render(\"{{ m[5] }}{{ m['5'] }}{{ m[5.0] }}{{ m.none }}\", {m = {[5] = 1}})"))
                .isEqualTo("11");
    }

    @Test
    void shouldNotAskMetatables() {
        assertThat(run("return render('[{{ a.x }}]', {a = setmetatable({}, {__index = {x = 1}})})")).isEqualTo("[]");
    }

    @Test
    void shouldFailOnFunctionsOnlyWhereTheyAreTouched() {
        assertThat(run("return render('x{{ m.a }}', {f = print, m = {a = 1, f = print}})")).isEqualTo("x1");
        assertThat(failureOf("render('{{ f }}', {f = print})"))
                .isEqualTo("could not serialize to value: cannot serialize <function> (in <string>:1)");
        assertThat(failureOf("render('{{ f }}', {f = json})")).contains("cannot serialize <userdata>");
    }

    @Test
    void shouldRefuseTablesInThemselves() {
        assertThat(failureOf("local c = {} c.self = c render('x', c)"))
                .isEqualTo("could not serialize to value: recursive table detected");
        assertThat(failureOf("local c = {a = {}} c.a.b = c.a render('{{ a.b }}', c)"))
                .isEqualTo("could not serialize to value: recursive table detected (in <string>:1)");
        assertThat(run("local a = {1} return render('{{ x }}{{ y }}', {x = a, y = a})")).isEqualTo("[1][1]");
    }

    @Test
    void shouldShowBytesThatAreNotUtf8AsReplacements() {
        assertThat(run("return render('{{ s }}{{ s|length }}', {s = 'a\\xffb'})")).isEqualTo("a\ufffdb3");
        assertThat(failureOf("render('\\xff')")).contains("invalid utf-8 sequence");
    }

    @Test
    void shouldIgnoreOptionsOfTheWrongType() {
        assertThat(run(
                "return template.library {directory = {}, autoescape = false, templates = 5}:renderstring('{{ \"<\" }}')"))
                .isEqualTo("&lt;");
        assertThat(failureOf("template.library {autoescape = 5}")).isEqualTo("invalid autoescape");
        assertThat(failureOf("template.library {templates = {a = print}}"))
                .isEqualTo("error converting Lua function to String (expected string or number)");
    }

    @Test
    void shouldTrimTemplatesGivenInTheSameOptions() {
        assertThat(run(
                "return template.library {trim_blocks = true, templates = {a = '{% if true %}\\nx{% endif %}'}}:render('a')"))
                .isEqualTo("x");
    }

    @Test
    void shouldTakeNumbersForNamesAndSources() {
        assertThat(run(
                "local l = template.library {templates = {[5] = 'five'}} l:add('n', 7) return l:render(5), l:render('n')"))
                .isEqualTo("five 7");
    }

    @Test
    void shouldTellTemplateAndLine() {
        assertThat(failureOf("render('a\\nb {{ 1 + }}')")).endsWith("(in <string>:2)");
        assertThat(failureOf("template.library {templates = {page = '{{ x.y.z }}'}}:render('page')"))
                .isEqualTo("undefined value (in page:1)");
    }

    @Test
    void shouldEndARenderingThatTakesTooLongOrTooMuch() {
        CallLimits time = new CallLimits(Duration.ofMillis(50), 0);
        String endless = "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}";
        assertThatExceptionOfType(LuaException.class)
                .isThrownBy(() -> scripts.run(TEMPLATE + "render('" + endless + "')", time));
        CallLimits memory = new CallLimits(Duration.ofSeconds(20), 20_000_000);
        String bomb = "{% for a in range(100000) %}{{ s }}{% endfor %}";
        assertThatExceptionOfType(LuaException.class)
                .isThrownBy(() -> scripts.run(TEMPLATE + "render('" + bomb + "', {s = ('x'):rep(1000)})", memory))
                .withMessageContaining("not enough memory");
    }

    private String run(String script) {
        return scripts.run(TEMPLATE + script);
    }

    private String failureOf(String statement) {
        return run("local ok, e = pcall(function() " + statement + " end) assert(not ok) return e");
    }
}
