package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Parts of texts and lists. */
final class Slices {

    private Slices() {}

    /**
     * The part of a value from one place up to another. A place below 0 is counted from the end; one before the
     * beginning is, as a start, behind everything, and as a stop no stop at all.
     */
    static Value slice(Value value, Value start, Value stop, Value step, Budget budget) {
        long from = start == Value.NONE ? 0 : place(start);
        long to = stop == Value.NONE ? Long.MAX_VALUE : place(stop);
        long by = step == Value.NONE ? 1 : Arguments.whole(step, "u64", 0, Long.MAX_VALUE);
        if (by == 0) {
            throw TemplateException.invalid("cannot slice by step size of 0");
        }
        return switch (value) {
            case Value.Undefined _,Value.None _ -> ListValue.EMPTY;
            case Value.Text(String text, boolean _) -> {
                int[] characters = text.codePoints().toArray();
                budget.allocate(4L * characters.length);
                var out = new StringBuilder();
                places(from, to, by, characters.length).forEach(i -> out.appendCodePoint(characters[i]));
                yield Value.of(out.toString());
            }
            case Sequence sequence -> {
                budget.allocate(8L * sequence.size());
                yield ListValue.iterator(
                        places(from, to, by, sequence.size()).stream().map(sequence::get).toList());
            }
            default -> throw TemplateException.invalid("value of type " + value.kind().label() + " cannot be sliced");
        };
    }

    private static long place(Value value) {
        return Arguments.whole(value, "i64", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static List<Integer> places(long start, long stop, long step, int size) {
        long from = fromEnd(start, size);
        long to = Math.min(fromEnd(stop, size), size);
        var places = new ArrayList<Integer>();
        for (long i = from; i < to; i += Math.min(step, size)) {
            places.add((int) i);
        }
        return places;
    }

    private static long fromEnd(long place, int size) {
        return place >= 0 ? place : place + size >= 0 ? place + size : Long.MAX_VALUE;
    }
}
