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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the text format of Prometheus, or OpenMetrics for who accepts it. Safe for any thread. */
public final class PrometheusFormat implements MetricsFormat {
    private static final int ROOM = 64 * 1024;

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final Pattern WEIGHT = Pattern.compile(";\\s*q=([01](?:\\.[0-9]{0,3})?)\\s*(?:;|$)");

    private final PrometheusRegistry machine = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();

    /** For the service loader. Watches the virtual machine from now on. */
    public PrometheusFormat() {
        JvmMetrics.builder().register(machine);
    }

    /**
     * Which of the two a scraper takes that may name many with a weight each. The library would choose by the word alone, also that
     * of protocol buffers, which it then has not.
     */
    private static String accepted(String accept) {
        double open = 0;
        double plain = 0;
        for (String range : accept.split(",", -1)) {
            String type = range.replaceFirst(";.*", "").strip();
            switch (type.toLowerCase(Locale.ROOT)) {
                case OPEN_METRICS -> open = Math.max(open, weight(range));
                case "text/plain" -> plain = Math.max(plain, weight(range));
                default -> {
                    // the plain text is for all others
                }
            }
        }
        return open > 0 && open >= plain ? OPEN_METRICS : "";
    }

    private static double weight(String range) {
        Matcher weight = WEIGHT.matcher(range);
        return weight.find() ? Double.parseDouble(weight.group(1)) : 1;
    }

    @Override
    public Page write(List<Figure> figures, String accept) {
        List<MetricSnapshot> all = new ArrayList<>(figures.stream().filter(figure -> !figure.values().isEmpty())
                .map(Snapshots::of).toList());
        machine.scrape().forEach(all::add);
        ExpositionFormatWriter writer = formats.findWriter(accepted(accept));
        ByteArrayOutputStream body = new ByteArrayOutputStream(ROOM);
        try {
            writer.write(body, new MetricSnapshots(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no errors
        }
        return new Page(writer.getContentType(), body.toByteArray());
    }
}
