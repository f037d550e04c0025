package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Callable;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;

/** Members and elements of values. */
final class Members {

    private Members() {}

    /** A member by its name, undefined if there is none; of undefined it is an error. */
    static Value attribute(Value target, String name) {
        return switch (target) {
            case Value.Undefined _ -> throw TemplateException.undefined();
            case Mapping mapping -> mapping.get(Value.of(name));
            case Callable callable -> callable.attribute(name);
            case Group group -> group.attribute(name);
            default -> Value.UNDEFINED;
        };
    }

    /** A member by a key, an element or a character by its place; below 0 it is counted from the end. */
    static Value item(Value target, Value key) {
        return switch (target) {
            case Value.Undefined _ -> throw TemplateException.undefined();
            case Mapping mapping -> mapping.get(key);
            case Sequence sequence -> element(sequence, key);
            case Value.Text(String text, boolean _) -> character(text, key);
            case Callable callable -> key.asText().map(callable::attribute).orElse(Value.UNDEFINED);
            default -> Value.UNDEFINED;
        };
    }

    private static Value element(Sequence sequence, Value key) {
        int index = index(key, sequence.size());
        if (index >= 0) {
            return sequence.get(index);
        }
        return key.asText().map(name -> attribute(sequence, name)).orElse(Value.UNDEFINED);
    }

    private static Value character(String text, Value key) {
        int index = index(key, text.codePointCount(0, text.length()));
        return index < 0
                ? Value.UNDEFINED
                : Value.of(Character.toString(text.codePointAt(text.offsetByCodePoints(0, index))));
    }

    private static int index(Value key, int size) {
        long index = Numbers.integer(key, -size, size - 1L).orElse(-1L - size);
        return (int) (index >= -size && index < 0 ? index + size : index);
    }

    /** A member of a member, the names with points between; numbers are places. */
    static Value path(Value target, String path) {
        Value value = target;
        for (String part : path.split("\\.", -1)) {
            value = part.matches("\\+?[0-9]{1,9}")
                    ? item(value, Value.of(Long.parseLong(part)))
                    : attribute(value, part);
        }
        return value;
    }

    /** A member of a member, or something else where there is none. */
    static Value pathOr(Value target, String path, Value otherwise) {
        try {
            Value found = path(target, path);
            return found == Value.UNDEFINED ? otherwise : found;
        } catch (TemplateException e) {
            return otherwise;
        }
    }

    /** A value that may be used; one that cannot be is an error as soon as it is touched. */
    static Value usable(Value value) {
        if (value instanceof Value.Unusable(String reason)) {
            throw TemplateException.unusable(reason);
        }
        return value;
    }
}
