package dev.tinysse.lua.lib.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the text of a pattern into a {@link Pattern}. Used once; not for several threads. */
public final class PatternReader {
    /** Keeps a pattern from taking many times the memory of its text. */
    private static final int MAX_SETS = 65_536;

    private final byte[] text;
    private final int end;
    private int next;
    private int[] items = new int[16];
    private int count;
    private int captures;
    private final List<long[]> sets = new ArrayList<>();

    private PatternReader(byte[] text, int start, int end) {
        this.text = text;
        this.next = start;
        this.end = end;
    }

    /**
     * Reads the pattern in {@code text[start..end)}. Never fails: mistakes show when a match reaches them.
     *
     * @param mayAnchor whether a leading {@code ^} is an anchor; it is an ordinary character otherwise
     */
    public static Pattern read(byte[] text, int start, int end, boolean mayAnchor) {
        boolean anchored = mayAnchor && start < end && text[start] == '^';
        PatternReader reader = new PatternReader(text, anchored ? start + 1 : start, end);
        reader.readItems();
        return new Pattern(Arrays.copyOf(reader.items, reader.count), reader.sets.toArray(long[][]::new),
                Math.min(reader.captures, Pattern.MAX_CAPTURES), anchored);
    }

    private void readItems() {
        while (next < end) {
            if (!readItem()) {
                return;
            }
        }
        emit(Pattern.END, 0);
    }

    private boolean readItem() {
        int c = take();
        switch (c) {
            case '(' -> {
                boolean position = next < end && text[next] == ')';
                next += position ? 1 : 0;
                captures++;
                emit(position ? Pattern.POSITION : Pattern.OPEN, 0);
            }
            case ')' -> emit(Pattern.CLOSE, 0);
            case '%' -> {
                return readEscape();
            }
            case '[' -> {
                return readSet(Pattern.SET);
            }
            case '.' -> emitSingle(Pattern.ANY, 0);
            default -> {
                if (c == '$' && next == end) {
                    emit(Pattern.SUBJECT_END, 0);
                } else {
                    emitSingle(Pattern.CHAR, c);
                }
            }
        }
        return true;
    }

    private boolean readEscape() {
        if (next == end) {
            return fault(Pattern.Mistake.ESCAPE);
        }
        int c = take();
        if (c == 'b') {
            if (end - next < 2) {
                return fault(Pattern.Mistake.BALANCE);
            }
            emit(Pattern.BALANCED, take() | take() << 8);
        } else if (c == 'f') {
            if (next == end || text[next] != '[') {
                return fault(Pattern.Mistake.FRONTIER);
            }
            next++;
            return readSet(Pattern.FRONTIER);
        } else if (c >= '0' && c <= '9') {
            emit(Pattern.BACK_REFERENCE, c - '0');
        } else if (CharSet.named(c) != null) {
            if (sets.size() == MAX_SETS) {
                return fault(Pattern.Mistake.COMPLEX);
            }
            emitSingle(Pattern.SET, number(CharSet.named(c)));
        } else {
            emitSingle(Pattern.CHAR, c);
        }
        return true;
    }

    /** Reads a set behind its opening bracket; a closing bracket right at the start is a member. */
    private boolean readSet(int operation) {
        boolean negated = next < end && text[next] == '^';
        int first = negated ? next + 1 : next;
        int close = closingBracket(first);
        if (close < 0 || sets.size() == MAX_SETS) {
            return fault(close < 0 ? Pattern.Mistake.BRACKET : Pattern.Mistake.COMPLEX);
        }
        long[] members = readMembers(first, close);
        next = close + 1;
        int operand = number(negated ? CharSet.complement(members) : members);
        if (operation == Pattern.SET) {
            emitSingle(operation, operand);
        } else {
            emit(operation, operand);
        }
        return true;
    }

    private int closingBracket(int first) {
        int at = first;
        do {
            if (at >= end) {
                return -1;
            }
            at += text[at] == '%' && at + 1 < end ? 2 : 1;
        } while (at >= end || text[at] != ']');
        return at;
    }

    private long[] readMembers(int first, int close) {
        long[] members = new long[4];
        for (int at = first; at < close; at++) {
            int c = text[at] & 0xff;
            if (c == '%') {
                int escaped = text[++at] & 0xff;
                long[] named = CharSet.named(escaped);
                if (named == null) {
                    CharSet.add(members, escaped);
                } else {
                    CharSet.addAll(members, named);
                }
            } else if (at + 2 < close && text[at + 1] == '-') {
                at += 2;
                CharSet.addRange(members, c, text[at] & 0xff);
            } else {
                CharSet.add(members, c);
            }
        }
        return members;
    }

    private int take() {
        return text[next++] & 0xff;
    }

    private int number(long[] set) {
        sets.add(set);
        return sets.size() - 1;
    }

    private void emitSingle(int operation, int operand) {
        int repetition = next == end ? Pattern.ONCE : switch (text[next]) {
            case '?' -> Pattern.OPTIONAL;
            case '*' -> Pattern.GREEDY;
            case '+' -> Pattern.GREEDY_ONCE;
            case '-' -> Pattern.LAZY;
            default -> Pattern.ONCE;
        };
        next += repetition == Pattern.ONCE ? 0 : 1;
        add(Pattern.item(operation, repetition, operand));
    }

    private void emit(int operation, int operand) {
        add(Pattern.item(operation, Pattern.ONCE, operand));
    }

    private boolean fault(Pattern.Mistake mistake) {
        emit(Pattern.FAULT, mistake.ordinal());
        return false;
    }

    private void add(int item) {
        if (count == items.length) {
            items = Arrays.copyOf(items, 2 * count);
        }
        items[count++] = item;
    }
}
