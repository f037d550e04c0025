package dev.tinysse.metrics;

import dev.tinysse.broker.figures.Distribution;
import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.figures.Figure.Value;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/** Metrics in the types of the library. */
final class Snapshots {
    private Snapshots() {}

    static MetricSnapshot of(Figure figure) {
        return switch (figure.kind()) {
            case COUNTER -> counter(figure);
            case GAUGE -> gauge(figure);
            case HISTOGRAM -> histogram(figure);
            case INFO -> info(figure);
        };
    }

    private static MetricSnapshot counter(Figure figure) {
        CounterSnapshot.Builder snapshot = CounterSnapshot.builder().name(figure.name()).help(figure.help());
        figure.values().forEach(value -> snapshot.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .value(value.number()).labels(labels(value)).build()));
        return snapshot.build();
    }

    private static MetricSnapshot gauge(Figure figure) {
        GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder().name(figure.name()).help(figure.help());
        figure.values().forEach(value -> snapshot.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value.number()).labels(labels(value)).build()));
        return snapshot.build();
    }

    private static MetricSnapshot histogram(Figure figure) {
        HistogramSnapshot.Builder snapshot = HistogramSnapshot.builder().name(figure.name()).help(figure.help());
        figure.values().forEach(value -> snapshot.dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets(value.distribution())).sum(value.distribution().sum())
                .labels(labels(value)).build()));
        return snapshot.build();
    }

    private static MetricSnapshot info(Figure figure) {
        InfoSnapshot.Builder snapshot = InfoSnapshot.builder().name(figure.name()).help(figure.help());
        figure.values().forEach(value -> snapshot
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels(value)).build()));
        return snapshot.build();
    }

    private static ClassicHistogramBuckets buckets(Distribution distribution) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < distribution.counts().size(); i++) {
            buckets.bucket(i < Distribution.BOUNDS.size() ? Distribution.BOUNDS.get(i) : Double.POSITIVE_INFINITY,
                    distribution.counts().get(i));
        }
        return buckets.build();
    }

    private static Labels labels(Value value) {
        return Labels.of(value.labels().keySet().toArray(String[]::new),
                value.labels().values().toArray(String[]::new));
    }
}
