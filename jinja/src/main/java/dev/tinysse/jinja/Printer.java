package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Callable;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Values as text, as templates print them. */
final class Printer {

    private static final int MAX_DEPTH = 200;
    private static final int INDENT = 4;

    private final Budget budget;

    Printer(Budget budget) {
        this.budget = budget;
    }

    /** A value as text: texts as they are, lists and maps with quotes and brackets. */
    String display(Value value) {
        return switch (value) {
            case Value.Text(String text, boolean _) -> text;
            case Value.Undefined _ -> "";
            case Value.None _ -> "none";
            case Value.Bool(boolean b) -> Boolean.toString(b);
            case Value.Whole(long l) -> Long.toString(l);
            case Value.Large(var big) -> big.toString();
            case Value.Real(double d) -> Numbers.plain(d);
            default -> debug(value, false);
        };
    }

    /** A value with its structure on several lines. */
    String pretty(Value value) {
        return debug(value, true);
    }

    private String debug(Value value, boolean pretty) {
        var out = new Output(budget);
        debug(value, pretty, 0, out);
        return out.toString();
    }

    private void debug(Value value, boolean pretty, int depth, Output out) {
        budget.step();
        if (depth > MAX_DEPTH) {
            throw TemplateException.tooDeep();
        }
        switch (value) {
            case Value.Text(String text, boolean _) -> quote(text, out);
            case Value.Undefined _ -> out.append("undefined");
            case Value.Real(double d) -> out.append(Numbers.debug(d));
            case Value.Unusable(String reason) ->
                out.append("<invalid value: ").append(TemplateException.unusable(reason).getMessage()).append('>');
            case Callable callable -> out.append(callable.label());
            case Sequence sequence when !sequence.sized() -> out.append("<iterator>");
            case Sequence sequence -> debugAll(sequence, pretty, depth, out);
            case Mapping mapping -> debugAll(mapping, pretty, depth, out);
            default -> out.append(display(value));
        }
    }

    private void debugAll(Sequence sequence, boolean pretty, int depth, Output out) {
        List<Runnable> parts = new ArrayList<>(sequence.size());
        for (Value item : sequence) {
            parts.add(() -> debug(item, pretty, depth + 1, out));
        }
        enclose('[', parts, ']', pretty, depth, out);
    }

    private void debugAll(Mapping mapping, boolean pretty, int depth, Output out) {
        List<Runnable> parts = new ArrayList<>(mapping.size());
        for (Value key : mapping.keys()) {
            parts.add(() -> {
                debug(key, pretty, depth + 1, out);
                out.append(": ");
                debug(mapping.get(key), pretty, depth + 1, out);
            });
        }
        enclose('{', parts, '}', pretty, depth, out);
    }

    private static void enclose(char open, List<Runnable> parts, char close, boolean pretty, int depth, Output out) {
        out.append(open);
        boolean lines = pretty && !parts.isEmpty();
        for (int i = 0; i < parts.size(); i++) {
            if (lines) {
                out.append("\n").append(" ".repeat(INDENT * (depth + 1)));
            } else if (i > 0) {
                out.append(", ");
            }
            parts.get(i).run();
            if (lines) {
                out.append(',');
            }
        }
        if (lines) {
            out.append("\n").append(" ".repeat(INDENT * depth));
        }
        out.append(close);
    }

    private static void quote(String text, Output out) {
        out.append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 0 -> out.append("\\0");
                default -> {
                    if (isPrintable(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append("\\u{").append(Integer.toHexString(c)).append('}');
                    }
                }
            }
        });
        out.append('"');
    }

    private static boolean isPrintable(int c) {
        return c == ' ' || switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR,
                    Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
                false;
            default -> true;
        };
    }
}
