package dev.tinysse.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.figures.MetricsFormat;
import dev.tinysse.broker.figures.Timings;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusFormatTest {
    private static final MetricsFormat FORMAT = ServiceLoader.load(MetricsFormat.class).findFirst().orElseThrow();

    private static List<String> lines(String accept, Figure... figures) {
        return new String(FORMAT.write(List.of(figures), accept).body(), UTF_8).lines().toList();
    }

    @Test
    void shouldWriteCountersWithTheirLabels() {
        Figure closed = Figure.of(Figure.Kind.COUNTER, "tinysse_streams_closed", "Closed streams by reason")
                .add(3, "reason", "client").add(0, "reason", "slow").build();
        assertThat(lines("", closed)).contains("# TYPE tinysse_streams_closed_total counter",
                "tinysse_streams_closed_total{reason=\"client\"} 3.0",
                "tinysse_streams_closed_total{reason=\"slow\"} 0.0");
    }

    @Test
    void shouldWriteGaugesAndInfos() {
        Figure build = Figure.of(Figure.Kind.INFO, "tinysse_build", "What runs").add(1, "version", "1").build();
        assertThat(lines("", Figure.gauge("tinysse_streams", "Open streams", 7), build)).contains("tinysse_streams 7.0",
                "tinysse_build_info{version=\"1\"} 1");
    }

    @Test
    void shouldWriteHowLongThingsTook() {
        Timings timings = new Timings();
        timings.add(1_000_000);
        timings.add(2_000_000_000);
        timings.add(20_000_000_000L);
        assertThat(lines("", Figure.histogram("tinysse_sync_seconds", "Syncs", timings.distribution()))).contains(
                "tinysse_sync_seconds_bucket{le=\"5.0E-4\"} 0", "tinysse_sync_seconds_bucket{le=\"0.001\"} 1",
                "tinysse_sync_seconds_bucket{le=\"2.5\"} 2", "tinysse_sync_seconds_bucket{le=\"10.0\"} 2",
                "tinysse_sync_seconds_bucket{le=\"+Inf\"} 3", "tinysse_sync_seconds_count 3",
                "tinysse_sync_seconds_sum 22.001");
    }

    @Test
    void shouldAddTheFiguresOfTheVirtualMachine() {
        assertThat(lines("")).anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(line -> line.startsWith("process_cpu_seconds_total "));
    }

    @Test
    void shouldWriteOpenMetricsForWhoAcceptsIt() {
        MetricsFormat.Page page = FORMAT.write(List.of(), "application/openmetrics-text; version=1.0.0");
        assertThat(page.contentType()).startsWith("application/openmetrics-text");
        assertThat(new String(page.body(), UTF_8)).endsWith("# EOF\n");
        assertThat(FORMAT.write(List.of(), "text/plain").contentType()).startsWith("text/plain; version=0.0.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
            "application/openmetrics-text;q=0", "text/plain;q=0.9, application/openmetrics-text;version=1.0.0;q=0.2",
            "*/*", "no type;q=x,,"})
    void shouldWriteTheTextForWhoTakesNoOpenMetrics(String accept) {
        assertThat(FORMAT.write(List.of(), accept).contentType()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void shouldWriteOpenMetricsForAScraperThatPrefersProtocolBuffers() {
        String accept = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,"
                + "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
        assertThat(FORMAT.write(List.of(), accept).contentType()).startsWith("application/openmetrics-text");
    }
}
