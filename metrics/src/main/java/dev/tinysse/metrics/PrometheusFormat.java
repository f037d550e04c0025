package dev.tinysse.metrics;

import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.figures.MetricsFormat;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the text format of Prometheus, or OpenMetrics for who accepts it. Safe for any thread. */
public final class PrometheusFormat implements MetricsFormat {
    private static final int ROOM = 64 * 1024;

    private final PrometheusRegistry machine = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();

    /** For the service loader. Watches the virtual machine from now on. */
    public PrometheusFormat() {
        JvmMetrics.builder().register(machine);
    }

    @Override
    public Page write(List<Figure> figures, String accept) {
        List<MetricSnapshot> all = new ArrayList<>(figures.stream().filter(figure -> !figure.values().isEmpty())
                .map(Snapshots::of).toList());
        machine.scrape().forEach(all::add);
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream body = new ByteArrayOutputStream(ROOM);
        try {
            writer.write(body, new MetricSnapshots(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no errors
        }
        return new Page(writer.getContentType(), body.toByteArray());
    }
}
