package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Callable;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Which values are equal and which come first. */
public final class Order implements Comparator<Value> {

    private static final int MAX_DEPTH = 200;

    private final Budget budget;

    /**
     * An order for one rendering.
     *
     * @param budget asked for each value that is compared
     */
    public Order(Budget budget) {
        this.budget = budget;
    }

    /** Compares two texts by their code points, which is also the order of their bytes in UTF-8. */
    static int compareTexts(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
                return bothOrNone ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    @Override
    public int compare(Value a, Value b) {
        return compare(a, b, 0);
    }

    /** Compares, texts without regard to the case of ASCII letters if that is wanted. */
    int compare(Value a, Value b, boolean caseSensitive) {
        if (!caseSensitive && a instanceof Value.Text(String x, boolean _)
                && b instanceof Value.Text(String y, boolean _)) {
            return compareTexts(asciiLowerCase(x), asciiLowerCase(y));
        }
        return compare(a, b);
    }

    private static String asciiLowerCase(String text) {
        return text.chars().allMatch(c -> c < 128)
                ? text.toLowerCase(Locale.ROOT)
                : text.chars().map(c -> c >= 'A' && c <= 'Z' ? c + 32 : c)
                        .collect(StringBuilder::new, (out, c) -> out.append((char) c), StringBuilder::append)
                        .toString();
    }

    private int compare(Value a, Value b, int depth) {
        enter(depth);
        if (a.kind() != b.kind()) {
            return a.kind().compareTo(b.kind());
        }
        return switch (a) {
            case Value.Text(String text, boolean _) -> compareTexts(text, ((Value.Text) b).value());
            case Value.Bool(boolean bool) -> Boolean.compare(bool, ((Value.Bool) b).value());
            case Value.Integral _,Value.Real _ -> compareNumbers(a, b);
            case Sequence sequence -> compareAll(sequence.iterator(), ((Sequence) b).iterator(), depth);
            case Mapping mapping -> compareMaps(mapping, (Mapping) b, depth);
            case Callable callable -> callable.label().compareTo(((Callable) b).label());
            case Value.Undefined _,Value.None _,Value.Unusable _ -> 0;
        };
    }

    private void enter(int depth) {
        budget.step();
        if (depth > MAX_DEPTH) {
            throw TemplateException.tooDeep();
        }
    }

    private static int compareNumbers(Value a, Value b) {
        if (a instanceof Value.Whole(long x) && b instanceof Value.Whole(long y)) {
            return Long.compare(x, y);
        }
        double x = Numbers.real(a).orElseThrow();
        double y = Numbers.real(b).orElseThrow();
        if (a instanceof Value.Real && b instanceof Value.Real || !Double.isFinite(x) || !Double.isFinite(y)) {
            return Double.compare(x, y);
        }
        return exact(a).compareTo(exact(b));
    }

    private static BigDecimal exact(Value number) {
        return number instanceof Value.Integral integral
                ? new BigDecimal(integral.big())
                : new BigDecimal(Numbers.real(number).orElseThrow());
    }

    private int compareAll(Iterator<Value> a, Iterator<Value> b, int depth) {
        while (a.hasNext() && b.hasNext()) {
            int compared = compare(a.next(), b.next(), depth + 1);
            if (compared != 0) {
                return compared;
            }
        }
        return Boolean.compare(a.hasNext(), b.hasNext());
    }

    private int compareMaps(Mapping a, Mapping b, int depth) {
        List<Value> keysOfA = a.keys();
        List<Value> keysOfB = b.keys();
        for (int i = 0; i < Math.min(keysOfA.size(), keysOfB.size()); i++) {
            int compared = compare(keysOfA.get(i), keysOfB.get(i), depth + 1);
            if (compared == 0) {
                compared = compare(a.get(keysOfA.get(i)), b.get(keysOfB.get(i)), depth + 1);
            }
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(keysOfA.size(), keysOfB.size());
    }

    /** Whether two values are the same; 1, 1.0 and true are. */
    boolean equal(Value a, Value b) {
        return equal(a, b, 0);
    }

    private boolean equal(Value a, Value b, int depth) {
        enter(depth);
        if (isNumeric(a) && isNumeric(b)) {
            return equalNumbers(a, b);
        }
        return switch (a) {
            case Value.Text(String text, boolean _) -> b.asText().filter(text::equals).isPresent();
            case Sequence sequence -> b instanceof Sequence other && equalLists(sequence, other, depth);
            case Mapping mapping -> b instanceof Mapping other && equalMaps(mapping, other, depth);
            case Callable callable -> callable == b;
            default -> a.kind() == b.kind() && !isNumeric(a);
        };
    }

    private static boolean isNumeric(Value value) {
        return value.kind() == Kind.NUMBER || value.kind() == Kind.BOOL;
    }

    private static boolean equalNumbers(Value a, Value b) {
        if (a instanceof Value.Real(double x) && b instanceof Value.Real(double y)) {
            return x == y;
        }
        return compareNumbers(unboxed(a), unboxed(b)) == 0;
    }

    private static Value unboxed(Value value) {
        return value instanceof Value.Bool(boolean b) ? Value.of(b ? 1L : 0L) : value;
    }

    private boolean equalLists(Sequence a, Sequence b, int depth) {
        if (a == b) {
            return true;
        }
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean equalMaps(Mapping a, Mapping b, int depth) {
        if (a == b) {
            return true;
        }
        if (a.size() != b.size()) {
            return false;
        }
        for (Value key : a.keys()) {
            if (!b.contains(key) || !equal(a.get(key), b.get(key), depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
