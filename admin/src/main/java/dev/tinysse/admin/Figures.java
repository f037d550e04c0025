package dev.tinysse.admin;

import dev.tinysse.api.internal.Json;
import dev.tinysse.broker.Broker;
import dev.tinysse.broker.figures.Distribution;
import dev.tinysse.broker.figures.Figure;
import dev.tinysse.server.settings.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The metrics of the server. Safe for any thread. */
final class Figures {
    private static final long WINDOW_NANOS = 1_000_000_000;
    private static final double MILLIS = 1000;
    private static final double P99 = 0.99;

    private final Broker broker;
    private final RequestFigures requests;
    /** The durations of deliveries up to a moment a window ago or more, and up to one after that. */
    private Distribution earlier = Distribution.NONE;
    private Distribution later = Distribution.NONE;
    private long laterSince = System.nanoTime();

    Figures(Broker broker, RequestFigures requests) {
        this.broker = broker;
        this.requests = requests;
    }

    /** {@return all metrics at this moment} */
    List<Figure> all() {
        List<Figure> all = new ArrayList<>(broker.figures());
        all.addAll(requests.figures(broker.rejectedByHook()));
        all.add(Figure.of(Figure.Kind.INFO, "tinysse_build", "What runs")
                .add(1, "version", Version.text(), "java", Runtime.version().toString()).build());
        return all;
    }

    /**
     * How the server is now: {@code time} in milliseconds since 1970, {@code streams}, {@code channels} and {@code queued} as they are,
     * {@code opened}, {@code published}, {@code delivered}, {@code lost}, {@code rejected} and {@code bytes} from the start, and
     * {@code p99} of deliveries in the last second or two, in milliseconds, null without any.
     *
     * @return one line of JSON
     */
    String json() {
        Map<String, Double> sums = new HashMap<>();
        for (Figure figure : all()) {
            sums.put(figure.name(), figure.values().stream().mapToDouble(Figure.Value::number).sum());
        }
        Json json = new Json().add("time", System.currentTimeMillis());
        add(json, "streams", sums, "tinysse_streams");
        add(json, "opened", sums, "tinysse_streams_opened");
        add(json, "channels", sums, "tinysse_channels");
        add(json, "published", sums, "tinysse_messages_published");
        add(json, "delivered", sums, "tinysse_messages_delivered");
        add(json, "lost", sums, "tinysse_messages_lost");
        add(json, "rejected", sums, "tinysse_publish_rejected");
        add(json, "queued", sums, "tinysse_queue_messages");
        add(json, "bytes", sums, "tinysse_sent_bytes");
        Distribution recent = recent(broker.deliveries());
        return (recent.count() == 0
                ? json.raw("p99", "null")
                : json.add("p99", recent.quantile(P99) * MILLIS)).toString();
    }

    private static void add(Json json, String name, Map<String, Double> sums, String figure) {
        json.add(name, Math.round(sums.getOrDefault(figure, 0.0)));
    }

    private synchronized Distribution recent(Distribution now) {
        long time = System.nanoTime();
        if (time - laterSince >= WINDOW_NANOS) {
            earlier = later;
            later = now;
            laterSince = time;
        }
        return now.since(earlier);
    }
}
