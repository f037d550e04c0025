package dev.tinysse.broker.figures;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How long things took.
 *
 * @param counts how many took at most as long as each bound, and more than the one before; the last of all that took longer
 * @param sum of all, in seconds
 */
public record Distribution(List<Long> counts, double sum) {
    /** Upper bounds, in seconds. */
    public static final List<Double> BOUNDS = List.of(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
            0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);
    /** Of a metric that is no histogram. */
    public static final Distribution NONE = new Distribution(List.of(), 0);

    /** Copies the counts. */
    public Distribution {
        counts = List.copyOf(counts);
    }

    /** {@return how many there are} */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** {@return this one and another together} */
    public Distribution plus(Distribution other) {
        if (counts.isEmpty() || other.counts.isEmpty()) {
            return counts.isEmpty() ? other : this;
        }
        return new Distribution(zip(other, 1), sum + other.sum);
    }

    /** {@return what has come since an earlier state of this one} */
    public Distribution since(Distribution earlier) {
        return earlier.counts.isEmpty() ? this : new Distribution(zip(earlier, -1), sum - earlier.sum);
    }

    /**
     * A quantile, by the bound of the bucket in which it is, and evenly within that.
     *
     * @param part 0 to 1
     * @return seconds; 0 if there is nothing
     */
    public double quantile(double part) {
        double rank = part * count();
        double passed = 0;
        for (int i = 0; i < counts.size() && rank > 0; i++) {
            if (passed + counts.get(i) >= rank) {
                double from = i == 0 ? 0 : BOUNDS.get(i - 1);
                double to = i < BOUNDS.size() ? BOUNDS.get(i) : from;
                return from + (to - from) * (rank - passed) / counts.get(i);
            }
            passed += counts.get(i);
        }
        return 0;
    }

    private List<Long> zip(Distribution other, int sign) {
        return IntStream.range(0, counts.size())
                .mapToObj(i -> counts.get(i) + sign * other.counts.get(i)).toList();
    }
}
