package dev.tinysse.jinja;

import dev.tinysse.api.internal.JsonText;
import dev.tinysse.jinja.Value.Callable;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.math.BigInteger;

/** Values as JSON. Undefined is null; texts may come from anywhere, so the result is not safe inside HTML. */
final class JsonWriter {

    private static final int MAX_DEPTH = 200;

    private final Budget budget;
    private final String indent;
    private final boolean pretty;
    private final Output out;

    private JsonWriter(Budget budget, boolean pretty, String indent) {
        this.budget = budget;
        this.pretty = pretty;
        this.indent = indent;
        this.out = new Output(budget);
    }

    /** On one line, without spaces. */
    static String compact(Value value, Budget budget) {
        return new JsonWriter(budget, false, "").written(value);
    }

    /** With one element a line, each level indented by this text. */
    static String pretty(Value value, String indent, Budget budget) {
        return new JsonWriter(budget, true, indent).written(value);
    }

    private String written(Value value) {
        write(value, 0);
        return out.toString();
    }

    private void write(Value value, int depth) {
        budget.step();
        if (depth > MAX_DEPTH) {
            throw TemplateException.tooDeep();
        }
        switch (value) {
            case Value.Undefined _,Value.None _,Value.Unusable _ -> out.append("null");
            case Value.Bool(boolean b) -> out.append(Boolean.toString(b));
            case Value.Whole(long l) -> out.append(Long.toString(l));
            case Value.Large(BigInteger big) -> out.append(big.toString());
            case Value.Real(double d) -> out.append(Numbers.json(d));
            case Value.Text(String text, boolean _) -> quote(text);
            case Callable callable -> quote(callable.label());
            case Sequence sequence -> write(sequence, depth);
            case Mapping mapping -> write(mapping, depth);
        }
    }

    private void write(Sequence sequence, int depth) {
        out.append('[');
        boolean first = true;
        for (Value item : sequence) {
            separate(first, depth + 1);
            write(item, depth + 1);
            first = false;
        }
        close(']', first, depth);
    }

    private void write(Mapping mapping, int depth) {
        out.append('{');
        boolean first = true;
        for (Value key : mapping.keys()) {
            separate(first, depth + 1);
            quote(name(key));
            out.append(pretty ? ": " : ":");
            write(mapping.get(key), depth + 1);
            first = false;
        }
        close('}', first, depth);
    }

    private static String name(Value key) {
        return switch (key) {
            case Value.Text(String text, boolean _) -> text;
            case Value.Integral integral -> integral.big().toString();
            case Value.Real(double d) when Double.isFinite(d) -> Numbers.json(d);
            case Value.Bool(boolean b) -> Boolean.toString(b);
            default -> throw TemplateException.invalid("cannot serialize to JSON");
        };
    }

    private void separate(boolean first, int depth) {
        if (!first) {
            out.append(',');
        }
        if (pretty) {
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private void close(char bracket, boolean empty, int depth) {
        if (pretty && !empty) {
            out.append('\n').append(indent.repeat(depth));
        }
        out.append(bracket);
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (JsonText.isEscaped(c)) {
                out.append(JsonText.escape(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
