package dev.tinysse.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Filters that make texts of texts. What is not a text is taken as it would be printed. */
final class TextFilters {

    static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("lower", Filter.of((r, v) -> Value.of(r.display(v).toLowerCase(Locale.ROOT)))),
            Map.entry("upper", Filter.of((r, v) -> Value.of(r.display(v).toUpperCase(Locale.ROOT)))),
            Map.entry("title", Filter.of((r, v) -> Value.of(title(r.display(v))))),
            Map.entry("capitalize", Filter.of((r, v) -> Value.of(capitalized(r.display(v))))),
            Map.entry("replace", Filter.of(2, TextFilters::replace)),
            Map.entry("trim", Filter.of(1, TextFilters::trim)),
            Map.entry("indent", Filter.of(3, TextFilters::indent)),
            Map.entry("split", Filter.of(2, TextFilters::split)),
            Map.entry("lines", Filter.of((r, v) -> lines(r, Arguments.text(v)))),
            Map.entry("safe", Filter.of((r, v) -> new Value.Text(r.display(v), true))),
            Map.entry("escape", Filter.of(TextFilters::escape)),
            Map.entry("e", Filter.of(TextFilters::escape)),
            Map.entry("string", Filter.of((r, v) -> v instanceof Value.Text ? v : Value.of(r.display(v)))),
            Map.entry("pprint", Filter.of((r, v) -> Value.of(r.printer().pretty(v)))),
            Map.entry("tojson", TextFilters::toJson));

    private TextFilters() {}

    private static String title(String text) {
        var out = new StringBuilder(text.length());
        boolean start = true;
        for (int c : text.codePoints().toArray()) {
            if (Chars.isAsciiPunctuation(c) || Chars.isWhite(c)) {
                out.appendCodePoint(c);
                start = true;
            } else {
                String letter = Character.toString(c);
                out.append(start ? letter.toUpperCase(Locale.ROOT) : letter.toLowerCase(Locale.ROOT));
                start = false;
            }
        }
        return out.toString();
    }

    private static String capitalized(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static Value replace(Environment environment, Value input, Arguments arguments) {
        String text = environment.display(input);
        String from = arguments.text(0, environment);
        String to = arguments.text(1, environment);
        var out = new Output(environment.budget());
        int start = 0;
        int found = text.indexOf(from);
        while (found >= 0) {
            out.append(text.substring(start, found)).append(to);
            start = found + from.length();
            if (from.isEmpty()) {
                if (found == text.length()) {
                    return Value.of(out.toString());
                }
                int next = text.offsetByCodePoints(found, 1);
                out.append(text.substring(found, next));
                start = next;
            }
            found = text.indexOf(from, start);
        }
        return Value.of(out.append(text.substring(start)).toString());
    }

    private static Value trim(Environment environment, Value input, Arguments arguments) {
        int[] text = environment.display(input).codePoints().toArray();
        Optional<String> letters = arguments.optionalText(0, environment);
        int start = 0;
        int end = text.length;
        while (start < end && isTrimmed(text[start], letters)) {
            start++;
        }
        while (start < end && isTrimmed(text[end - 1], letters)) {
            end--;
        }
        return Value.of(new String(text, start, end - start));
    }

    private static boolean isTrimmed(int c, Optional<String> letters) {
        return letters.map(l -> l.indexOf(c) >= 0).orElseGet(() -> Chars.isWhite(c));
    }

    private static Value indent(Environment environment, Value input, Arguments arguments) {
        int width = Arguments.count(arguments.value(0));
        boolean first = arguments.flag(1);
        boolean blank = arguments.flag(2);
        environment.budget().allocate(width);
        String indent = " ".repeat(width);
        var out = new Output(environment.budget());
        String[] lines = withoutLastBreak(environment.display(input)).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean indented = i == 0 ? first && (blank || !lines[i].isEmpty()) : blank || !lines[i].isEmpty();
            out.append(i == 0 ? "" : "\n").append(indented ? indent : "").append(lines[i]);
        }
        String indented = out.toString();
        return Value.of(indented.endsWith("\r") ? indented.substring(0, indented.length() - 1) : indented);
    }

    private static String withoutLastBreak(String text) {
        String rest = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return rest.endsWith("\r") ? rest.substring(0, rest.length() - 1) : rest;
    }

    private static Value split(Environment environment, Value input, Arguments arguments) {
        String text = Arguments.text(input);
        Optional<String> separator = arguments.optional(0).map(Arguments::text);
        long maxParts = arguments.optional(1)
                .map(v -> Arguments.whole(v, "i64", Long.MIN_VALUE, Long.MAX_VALUE)).filter(n -> n >= 0)
                .map(n -> Math.min(n, Integer.MAX_VALUE - 1) + 1).orElse((long) Integer.MAX_VALUE);
        environment.budget().allocate(8L * text.length());
        List<String> parts = separator.map(s -> Splitting.at(s, text, maxParts))
                .orElseGet(() -> Splitting.atWhite(text, maxParts));
        return new ListValue(parts.stream().map(Value::of).toList(), ListValue.Shape.UNSIZED);
    }

    private static Value lines(Environment environment, String text) {
        environment.budget().allocate(8L * text.length());
        List<Value> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(Value.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
        }
        if (text.isEmpty() || text.endsWith("\n")) {
            lines.removeLast();
        }
        return ListValue.of(lines);
    }

    private static Value escape(Environment environment, Value value) {
        if (value instanceof Value.Text(String _, boolean safe) && safe) {
            return value;
        }
        Autoescape mode = environment.escape() == Autoescape.NONE ? Autoescape.HTML : environment.escape();
        return new Value.Text(Escaping.escaped(environment, value, mode), true);
    }

    private static Value toJson(Environment environment, Value value, Arguments arguments) {
        arguments.atMostPositional(1);
        Optional<Value> indent = arguments.optional(0).or(() -> arguments.named("indent"));
        arguments.allUsed();
        Optional<Integer> width = indent.flatMap(
                v -> v instanceof Value.Bool(boolean on)
                        ? on ? Optional.of(2) : Optional.empty()
                        : Optional.of(Arguments.count(v)));
        width.ifPresent(w -> environment.budget().allocate(w));
        String json = width.map(w -> JsonWriter.pretty(value, " ".repeat(w), environment.budget()))
                .orElseGet(() -> JsonWriter.compact(value, environment.budget()));
        return new Value.Text(json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
                .replace("'", "\\u0027"), true);
    }
}
