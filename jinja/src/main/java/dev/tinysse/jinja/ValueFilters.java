package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.util.Map;

/** Filters for numbers, defaults and other single values. */
final class ValueFilters {

    private static final int PRECISE = 52;

    static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("default", Filter.of(2, ValueFilters::orDefault)),
            Map.entry("d", Filter.of(2, ValueFilters::orDefault)),
            Map.entry("abs", Filter.of((r, v) -> absolute(v))),
            Map.entry("round", Filter.of(1, ValueFilters::round)),
            Map.entry("int", Filter.of((r, v) -> integer(v))),
            Map.entry("float", Filter.of((r, v) -> real(v))),
            Map.entry("bool", Filter.of((r, v) -> Value.of(v.isTrue()))),
            Map.entry("attr", Filter.of(1, (r, v, a) -> Members.usable(Members.item(v, a.value(0))))),
            Map.entry("length", Filter.of((r, v) -> length(v))),
            Map.entry("count", Filter.of((r, v) -> length(v))));

    private ValueFilters() {}

    private static Value orDefault(Environment environment, Value value, Arguments arguments) {
        boolean wanted = value == Value.UNDEFINED || arguments.flag(1) && !value.isTrue();
        return wanted ? arguments.optional(0).orElse(Value.of("")) : value;
    }

    private static Value absolute(Value value) {
        return switch (value) {
            case Value.Integral integral -> Value.of(integral.big().abs());
            case Value.Real(double d) -> Value.of(Math.abs(d));
            default -> throw TemplateException.invalid("cannot get absolute value");
        };
    }

    /** Rounds, halves away from zero. */
    private static Value round(Environment environment, Value value, Arguments arguments) {
        long digits = arguments.optional(0)
                .map(v -> Arguments.whole(v, "i32", Integer.MIN_VALUE, Integer.MAX_VALUE)).orElse(0L);
        return switch (value) {
            case Value.Integral integral -> integral;
            case Value.Real(double d) -> {
                double scale = Math.pow(10, (double) digits);
                yield Value.of(round(d * scale) / scale);
            }
            default -> throw TemplateException.invalid("cannot round value (" + value.kind().label() + ")");
        };
    }

    private static double round(double value) {
        double size = Math.abs(value);
        if (!(size < 1L << PRECISE)) {
            return value;
        }
        double whole = Math.floor(size);
        return Math.copySign(size - whole >= 0.5 ? whole + 1 : whole, value);
    }

    private static Value integer(Value value) {
        return switch (value) {
            case Value.Undefined _,Value.None _ -> Value.of(0);
            case Value.Bool(boolean b) -> Value.of(b ? 1 : 0);
            case Value.Integral integral -> integral;
            case Value.Real(double d) -> Value.of(Numbers.truncate(d));
            case Value.Text(String text, boolean _) -> Value.of(Numbers.parseInteger(text)
                    .orElseGet(() -> Numbers.truncate(Numbers.parseFloat(text))));
            default -> throw TemplateException.invalid("cannot convert " + value.kind().label() + " to integer");
        };
    }

    private static Value real(Value value) {
        return switch (value) {
            case Value.Undefined _,Value.None _ -> Value.of(0.0);
            case Value.Text(String text, boolean _) -> Value.of(Numbers.parseFloat(text));
            default -> Value.of(Numbers.real(value).orElseThrow(
                    () -> TemplateException.invalid("cannot convert " + value.kind().label() + " to float")));
        };
    }

    private static Value length(Value value) {
        return switch (value) {
            case Value.Text(String text, boolean _) -> Value.of((long) text.codePointCount(0, text.length()));
            case Sequence sequence when sequence.sized() -> Value.of((long) sequence.size());
            case Mapping mapping -> Value.of((long) mapping.size());
            default -> throw TemplateException
                    .invalid("cannot calculate length of value of type " + value.kind().label());
        };
    }
}
