package dev.tinysse.server.eventlog;

import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.EventLogProvider;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.settings.ClusterAck;
import dev.tinysse.server.settings.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens the log that the settings describe. Pure functions. */
public final class EventLogs {
    private static final Logger LOG = System.getLogger("tinysse");

    private EventLogs() {}

    /**
     * A log in memory, in files, or one that nodes share.
     *
     * @throws StartException if it cannot be opened
     */
    public static EventLog open(Settings settings) throws StartException {
        Settings.History history = settings.history();
        LogConfig config = new LogConfig(history.history(), history.age().orElse(Duration.ZERO),
                history.bytes(Runtime.getRuntime().maxMemory()), InstantSource.system());
        if (settings.cluster().isJoined()) {
            return open(address(settings.cluster()), config);
        }
        if (history.dataDir().isEmpty()) {
            tooLarge(config.size(), Runtime.getRuntime().maxMemory()).ifPresent(line -> LOG.log(Level.WARNING, line));
            return new MemoryLog(config);
        }
        return open(address(Path.of(history.dataDir().get()), "durability=" + history.level()), config);
    }

    /** A warning if a history in memory leaves less than half of the heap to everything else. */
    static Optional<String> tooLarge(long historySize, long maxHeap) {
        return historySize > maxHeap / 2
                ? Optional.of(
                        ("history-size=%d is more than half of the heap of %d bytes, and the server may run out of memory:"
                                + " set JAVA_OPTS=-Xmx…, a smaller history-size, or a data-dir")
                                .formatted(historySize, maxHeap))
                : Optional.empty();
    }

    private static EventLog open(URI address, LogConfig config) throws StartException {
        try {
            return provider(address.getScheme()).open(address, config);
        } catch (LogException e) {
            throw new StartException(e.getMessage());
        }
    }

    /** The address of the backend that nodes share. */
    private static URI address(Settings.Cluster cluster) {
        String node = cluster.nodeName().orElseGet(() -> "node-" + EventId.newEpoch());
        return URI.create(cluster.cluster().orElseThrow().text() + "?name=" + encoded(cluster.name()) + "&node="
                + encoded(node) + "&timeout=" + cluster.timeout().toMillis() + "&replicas="
                + (cluster.ack() == ClusterAck.REPLICA ? 1 : 0));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The address of a folder, which need not be there yet. */
    static URI address(Path folder, String options) {
        return URI.create(
                "file://" + folder.toAbsolutePath().normalize().toUri().getRawPath().replaceFirst("(?<=.)/$", "")
                        + "?" + options);
    }

    private static EventLogProvider provider(String scheme) throws StartException {
        Optional<EventLogProvider> found = ServiceLoader.load(EventLogProvider.class).stream()
                .map(ServiceLoader.Provider::get).filter(provider -> provider.schemes().contains(scheme)).findFirst();
        return found
                .orElseThrow(() -> new StartException("there is no event log of this kind in this program: " + scheme));
    }
}
