package dev.tinysse.server.figures;

import dev.tinysse.broker.Broker;
import dev.tinysse.broker.figures.Figure;
import dev.tinysse.server.settings.Version;
import java.util.ArrayList;
import java.util.List;

/**
 * All metrics of the server. Safe for any thread.
 *
 * @param broker counts streams and messages
 * @param requests counts requests
 */
public record ServerFigures(Broker broker, RequestFigures requests) {
    /** {@return them at this moment} */
    public List<Figure> all() {
        List<Figure> all = new ArrayList<>(broker.figures());
        all.addAll(requests.figures(broker.rejectedByHook()));
        all.add(Figure.of(Figure.Kind.INFO, "tinysse_build", "What runs")
                .add(1, "version", Version.text(), "java", Runtime.version().toString()).build());
        return all;
    }
}
