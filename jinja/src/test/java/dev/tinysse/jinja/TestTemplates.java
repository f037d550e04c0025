package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tinysse.jinja.Value.Mapping;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The environment of this package's tests. */
final class TestTemplates {

    static final Mapping CONTEXT = context();

    private TestTemplates() {}

    private static Mapping context() {
        Map<String, Value> names = new TreeMap<>();
        names.put("words", list(text("pear"), text("Apple"), text("fig")));
        names.put("nums", list(Value.of(3), Value.of(1), Value.of(2), Value.of(2.5)));
        names.put("people", list(person("Bo", 30), person("al", 20), person("Cy", 30),
                MapValue.of(Map.of("name", text("Di")))));
        names.put("m", MapValue.of(Map.of("b", Value.of(2), "a", text("x"), "C", Value.of(1))));
        names.put("html", text("<i>'/\"&"));
        names.put("text", text("hello World"));
        names.put("f", Value.of(1.5));
        names.put("i", Value.of(7));
        names.put("yes", Value.of(true));
        names.put("no", Value.of(false));
        names.put("nested", list(list(Value.of(1), list(Value.of(2), Value.of(3))),
                MapValue.of(Map.of("x", MapValue.of(Map.of("y", list(Value.of(1), Value.of(2))))))));
        return MapValue.of(names);
    }

    private static Value person(String name, long age) {
        return MapValue.of(Map.of("name", text(name), "age", Value.of(age)));
    }

    static Value text(String text) {
        return Value.of(text);
    }

    static Value list(Value... values) {
        return ListValue.of(Arrays.asList(values));
    }

    /** A library with an option of each kind and no templates. */
    static TemplateLibrary library(Autoescape autoescape, Whitespace whitespace) {
        return new TemplateLibrary(new TemplateOptions(Optional.empty(), Map.of(), autoescape, whitespace));
    }

    static String render(String template) {
        return render(library(Autoescape.NONE, Whitespace.DEFAULT), template);
    }

    static String renderEscaped(String template) {
        return render(library(Autoescape.HTML, Whitespace.DEFAULT), template);
    }

    static String renderTrimmed(String template) {
        return render(library(Autoescape.HTML, new Whitespace(false, true, false)), template);
    }

    static String renderStripped(String template) {
        return render(library(Autoescape.HTML, new Whitespace(false, false, true)), template);
    }

    static String renderStrippedAndTrimmed(String template) {
        return render(library(Autoescape.HTML, new Whitespace(false, true, true)), template);
    }

    static String renderKept(String template) {
        return render(library(Autoescape.HTML, new Whitespace(true, false, false)), template);
    }

    private static String render(TemplateLibrary library, String template) {
        return library.renderString(breaks(template), CONTEXT, Budget.UNLIMITED);
    }

    /** The error of a template that fails. */
    static String error(String template) {
        return catchThrowableOfType(TemplateException.class, () -> render(template)).getMessage();
    }

    /** Puts line breaks and spaces in place of their signs. */
    static String breaks(String text) {
        return text.replace('↵', '\n').replace('␍', '\r').replace('·', ' ');
    }
}
