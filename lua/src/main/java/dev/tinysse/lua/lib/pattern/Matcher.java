package dev.tinysse.lua.lib.pattern;

import dev.tinysse.lua.lib.text.MalformedException;
import java.util.Arrays;

/**
 * Matches one subject with one {@link Pattern}. For one thread at a time.
 * <p>
 * It backtracks by recursion, as deep as the reference implementation allows and no deeper, so that the same patterns are refused as too
 * complex and the stack of the caller is safe. Every few thousand steps it calls back, which is how a match that would run without limit is
 * stopped: the callback throws.
 */
public final class Matcher {
    /** Length of a capture that is a position. */
    public static final int POSITION = -2;
    private static final int UNFINISHED = -1;
    private static final int NO_MATCH = -1;
    private static final int MAX_DEPTH = 200;
    private static final int STEPS_PER_POLL = 20_000;

    private final Pattern pattern;
    private final int[] items;
    private final SingleItem single;
    private final byte[] subject;
    private final int begin;
    private final int end;
    private final Runnable poll;
    private final int[] starts;
    private final int[] lengths;
    private int level;
    private int matchEnd;
    private int depth;
    private int steps = STEPS_PER_POLL;

    /**
     * Prepares matching of {@code subject[begin..end)}.
     *
     * @param poll called now and then while a match is sought; what it throws ends the match
     */
    public Matcher(Pattern pattern, byte[] subject, int begin, int end, Runnable poll) {
        this.pattern = pattern;
        this.items = pattern.items();
        this.single = new SingleItem(pattern.sets());
        this.subject = subject;
        this.begin = begin;
        this.end = end;
        this.poll = poll;
        this.starts = new int[pattern.captures()];
        this.lengths = new int[pattern.captures()];
    }

    /**
     * Finds the first place at or after {@code from} where the pattern matches; only {@code from} itself if it is anchored.
     *
     * @param from   where to begin, from {@code begin} to {@code end}
     * @param notEnd a match that ends here does not count; -1 for none
     * @return where the match starts, -1 if there is none; {@link #matchEnd} tells where it ends
     * @throws MalformedException if the pattern is malformed or too complex
     */
    public int find(int from, int notEnd) {
        int last = pattern.anchored() ? from : end;
        for (int start = skip(from, last); start <= last; start = skip(start + 1, last)) {
            level = 0;
            depth = MAX_DEPTH;
            int stop = match(start, 0);
            if (stop != NO_MATCH && stop != notEnd) {
                matchEnd = stop;
                return start;
            }
        }
        return NO_MATCH;
    }

    /** Passes over places where not even the first item fits. */
    private int skip(int from, int last) {
        int first = items[0];
        int repetition = Pattern.repetition(first);
        if (Pattern.operation(first) == Pattern.END || Pattern.operation(first) > Pattern.SET
                || repetition != Pattern.ONCE && repetition != Pattern.GREEDY_ONCE) {
            return from;
        }
        int at = from;
        while (at <= last && (at == end || !single.fits(first, subject[at] & 0xff))) {
            at++;
        }
        step(at - from);
        return at;
    }

    /** Where the match that {@link #find} found ends. */
    public int matchEnd() {
        return matchEnd;
    }

    /** How many captures the last match has, 0 if its pattern has none. */
    public int captures() {
        return level;
    }

    /** Where a capture of the last match starts, in the array of the subject. */
    public int captureStart(int number) {
        return starts[number];
    }

    /**
     * How many bytes a capture of the last match has, {@link #POSITION} for a position.
     *
     * @throws MalformedException if the pattern opens this capture but does not close it
     */
    public int captureLength(int number) {
        if (lengths[number] == UNFINISHED) {
            throw new MalformedException("unfinished capture");
        }
        return lengths[number];
    }

    private int match(int from, int first) {
        if (depth-- == 0) {
            throw new MalformedException("pattern too complex");
        }
        step(1);
        int at = from;
        int index = first;
        while (true) {
            int item = items[index];
            switch (Pattern.operation(item)) {
                case Pattern.CHAR, Pattern.ANY, Pattern.SET -> {
                    int repetition = Pattern.repetition(item);
                    boolean fits = at < end && single.fits(item, subject[at] & 0xff);
                    if (repetition == Pattern.ONCE) {
                        if (!fits) {
                            return leave(NO_MATCH);
                        }
                        at++;
                    } else if (repetition == Pattern.OPTIONAL) {
                        if (fits) {
                            int stop = match(at + 1, index + 1);
                            if (stop != NO_MATCH) {
                                return leave(stop);
                            }
                        }
                    } else if (fits) {
                        return leave(repetition == Pattern.LAZY ? expandLazily(at, index) : expand(at, index));
                    } else if (repetition == Pattern.GREEDY_ONCE) {
                        return leave(NO_MATCH);
                    }
                }
                case Pattern.END -> {
                    return leave(at);
                }
                case Pattern.OPEN -> {
                    return leave(open(at, index, UNFINISHED));
                }
                case Pattern.POSITION -> {
                    return leave(open(at, index, POSITION));
                }
                case Pattern.CLOSE -> {
                    return leave(close(at, index));
                }
                case Pattern.BACK_REFERENCE -> at = repeatCapture(at, Pattern.operand(item) - 1);
                case Pattern.BALANCED -> at = balance(at, Pattern.operand(item));
                case Pattern.FRONTIER -> at = single.frontier(item, at == begin ? 0 : subject[at - 1] & 0xff,
                        at == end ? 0 : subject[at] & 0xff) ? at : NO_MATCH;
                case Pattern.SUBJECT_END -> at = at == end ? at : NO_MATCH;
                default -> throw new MalformedException(Pattern.Mistake.of(Pattern.operand(item)).message);
            }
            if (at == NO_MATCH) {
                return leave(NO_MATCH);
            }
            index++;
        }
    }

    private int leave(int result) {
        depth++;
        return result;
    }

    /** Takes as many bytes as fit, then fewer and fewer until the rest matches. */
    private int expand(int from, int index) {
        int item = items[index];
        int least = Pattern.repetition(item) == Pattern.GREEDY_ONCE ? from + 1 : from;
        int at = single.run(item, subject, from, end);
        step(at - from);
        int next = items[index + 1];
        if (next == Pattern.END) {
            return at;
        }
        boolean plainNext = Pattern.operation(next) <= Pattern.SET && Pattern.repetition(next) == Pattern.ONCE;
        for (; at >= least; at--) {
            // most places fail at the very next item: see that without a call
            if (!plainNext || at < end && single.fits(next, subject[at] & 0xff)) {
                int stop = match(at, index + 1);
                if (stop != NO_MATCH) {
                    return stop;
                }
            }
        }
        return NO_MATCH;
    }

    private int expandLazily(int from, int index) {
        for (int at = from;; at++) {
            int stop = match(at, index + 1);
            if (stop != NO_MATCH) {
                return stop;
            }
            if (at == end || !single.fits(items[index], subject[at] & 0xff)) {
                return NO_MATCH;
            }
        }
    }

    private int open(int at, int index, int length) {
        if (level >= Pattern.MAX_CAPTURES) {
            throw new MalformedException("too many captures");
        }
        starts[level] = at;
        lengths[level] = length;
        level++;
        int stop = match(at, index + 1);
        if (stop == NO_MATCH) {
            level--;
        }
        return stop;
    }

    private int close(int at, int index) {
        int number = level - 1;
        while (number >= 0 && lengths[number] != UNFINISHED) {
            number--;
        }
        if (number < 0) {
            throw new MalformedException("invalid pattern capture");
        }
        lengths[number] = at - starts[number];
        int stop = match(at, index + 1);
        if (stop == NO_MATCH) {
            lengths[number] = UNFINISHED;
        }
        return stop;
    }

    private int repeatCapture(int at, int number) {
        if (number < 0 || number >= level || lengths[number] == UNFINISHED) {
            throw new MalformedException("invalid capture index %" + (number + 1));
        }
        // a position has no text; the reference implementation compares it with what no subject can hold
        int length = lengths[number];
        if (length < 0 || length > end - at) {
            return NO_MATCH;
        }
        step(length);
        int start = starts[number];
        return Arrays.equals(subject, start, start + length, subject, at, at + length) ? at + length : NO_MATCH;
    }

    private int balance(int from, int delimiters) {
        int stop = SingleItem.balance(subject, from, end, delimiters & 0xff, delimiters >> 8);
        step(stop == NO_MATCH ? end - from : stop - from);
        return stop;
    }

    private void step(int count) {
        steps -= count;
        if (steps < 0) {
            steps = STEPS_PER_POLL;
            poll.run();
        }
    }
}
