package dev.tinysse.cluster.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What nodes tell each other once a second. For the thread that tells it. */
final class Nodes {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final String GONE_MILLIS = "6000";
    private static final String LOG_MILLIS = "60000";
    private static final String LOG_RECORDS = "1000";

    private final ClusterConfig config;
    private final String instance;
    private final Set<String> warned = new HashSet<>();

    Nodes(ClusterConfig config, String instance) {
        this.config = config;
        this.instance = instance;
    }

    /** The last arguments of {@link Script#BEAT}. */
    List<byte[]> arguments() {
        return List.of(EngineConnection.bytes(instance), EngineConnection.bytes(limits() + " " + config.node()),
                EngineConnection.bytes(GONE_MILLIS), EngineConnection.bytes(LOG_MILLIS),
                EngineConnection.bytes(LOG_RECORDS));
    }

    /** Other nodes are there, and say what they are. */
    void told(List<?> rows) {
        for (int i = 0; i < rows.size(); i += 2) {
            String[] row = EngineConnection.text(rows.get(i + 1)).split(" ", 2);
            if (!EngineConnection.text(rows.get(i)).equals(instance) && !row[0].equals(limits())
                    && warned.add(row[0] + " " + row[1])) {
                LOG.log(Level.WARNING,
                        "node %s keeps another history: its count,age,size=%s and here %s; give all the same"
                                .formatted(row[1], row[0], limits()));
            }
        }
    }

    private String limits() {
        return config.limits().count() + "," + config.limits().age().toMillis() + "ms,"
                + (config.limits().count() == 0 ? 0 : config.limits().size());
    }
}
