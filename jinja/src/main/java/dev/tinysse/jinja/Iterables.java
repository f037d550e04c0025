package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.util.List;

/** Loops over values. */
final class Iterables {

    private Iterables() {}

    /** Whether a template can loop over this value. */
    static boolean isIterable(Value value) {
        return switch (value) {
            case Value.Undefined _,Value.None _,Value.Text _,Sequence _,Mapping _ -> true;
            default -> false;
        };
    }

    /** The items of a loop over this value: elements, keys, characters, nothing of undefined and none. */
    static Sequence of(Value value, Budget budget) {
        return switch (value) {
            case Value.Undefined _,Value.None _ -> ListValue.EMPTY;
            case Sequence sequence -> sequence;
            case Mapping mapping -> ListValue.of(mapping.keys());
            case Value.Text(String text, boolean _) -> ListValue.of(characters(text, budget));
            default -> throw TemplateException.invalid(value.kind().label() + " is not iterable");
        };
    }

    private static List<Value> characters(String text, Budget budget) {
        budget.allocate(64L * text.length());
        return text.codePoints().mapToObj(c -> Value.of(Character.toString(c))).toList();
    }
}
