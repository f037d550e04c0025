package dev.tinysse.broker.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A metric with its values at one moment.
 *
 * @param name as Prometheus has it; of a counter without {@code _total}
 * @param help one sentence without its full stop
 * @param kind what it is
 * @param values one for each combination of labels
 */
public record Figure(String name, String help, Kind kind, List<Value> values) {
    /** The kind of a metric. */
    public enum Kind {
        /** Only grows. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** How long things took. */
        HISTOGRAM,
        /** Labels alone. */
        INFO
    }

    /**
     * One value.
     *
     * @param labels by name, sorted
     * @param number of a counter or gauge; 0 of others
     * @param distribution of a histogram; empty of others
     */
    public record Value(Map<String, String> labels, double number, Distribution distribution) {}

    /** Copies the values. */
    public Figure {
        values = List.copyOf(values);
    }

    /** {@return a counter without labels} */
    public static Figure counter(String name, String help, long number) {
        return new Builder(name, help, Kind.COUNTER).add(number).build();
    }

    /** {@return a gauge without labels} */
    public static Figure gauge(String name, String help, long number) {
        return new Builder(name, help, Kind.GAUGE).add(number).build();
    }

    /** {@return a histogram without labels} */
    public static Figure histogram(String name, String help, Distribution distribution) {
        return new Builder(name, help, Kind.HISTOGRAM).add(distribution).build();
    }

    /** {@return a builder that collects the values of one metric} */
    public static Builder of(Kind kind, String name, String help) {
        return new Builder(name, help, kind);
    }

    /** Collects the values of one metric. For one thread. */
    public static final class Builder {
        private final String name;
        private final String help;
        private final Kind kind;
        private final List<Value> values = new ArrayList<>();

        private Builder(String name, String help, Kind kind) {
            this.name = name;
            this.help = help;
            this.kind = kind;
        }

        /** Adds a number with its labels: names and values in turn. */
        public Builder add(long number, String... labels) {
            values.add(new Value(labels(labels), (double) number, Distribution.NONE));
            return this;
        }

        /** Adds a distribution with its labels: names and values in turn. */
        public Builder add(Distribution distribution, String... labels) {
            values.add(new Value(labels(labels), 0, distribution));
            return this;
        }

        /** {@return the metric} */
        public Figure build() {
            return new Figure(name, help, kind, values);
        }

        private static Map<String, String> labels(String... labels) {
            Map<String, String> map = new TreeMap<>();
            for (int i = 0; i < labels.length; i += 2) {
                map.put(labels[i], labels[i + 1]);
            }
            return map;
        }
    }
}
