package dev.tinysse.client.bench;

import java.util.Locale;

/**
 * The results of a run.
 *
 * @param sent messages that the server has taken
 * @param refused messages that it has not taken, or that nobody knows of
 * @param deliveries how many have come to streams
 * @param lost how many have not
 * @param streams how many were opened
 * @param seconds from the first message to the last delivery
 * @param latencies from the moment a message was to be sent to its delivery
 */
record Report(long sent, long refused, long deliveries, long lost, int streams, double seconds, Histogram latencies) {
    private static final double P50 = 0.5;
    private static final double P90 = 0.9;
    private static final double P99 = 0.99;
    private static final double P999 = 0.999;

    private double perSecond() {
        return seconds > 0 ? deliveries / seconds : 0;
    }

    String json() {
        return String.format(Locale.ROOT,
                "{\"sent\":%d,\"deliveries\":%d,\"lost\":%d,\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p999\":%.3f,"
                        + "\"max\":%.3f,\"refused\":%d,\"subs\":%d,\"seconds\":%.3f,\"deliveries_per_second\":%.0f}",
                sent, deliveries, lost, latencies.percentile(P50), latencies.percentile(P90), latencies.percentile(P99),
                latencies.percentile(P999), latencies.max(), refused, streams, seconds, perSecond());
    }

    String text() {
        return String.format(Locale.ROOT, """
                streams     %d
                messages    %d sent, %d refused
                deliveries  %d, %.0f a second
                lost        %d
                latency     p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms""", streams, sent,
                refused,
                deliveries, perSecond(), lost, latencies.percentile(P50), latencies.percentile(P90),
                latencies.percentile(P99), latencies.percentile(P999), latencies.max());
    }
}
