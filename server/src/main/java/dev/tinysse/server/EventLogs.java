package dev.tinysse.server;

import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.EventLogProvider;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.MemoryLog;
import dev.tinysse.server.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens the log that the settings describe. Pure functions. */
final class EventLogs {
    private EventLogs() {}

    /** A log in files or in memory. */
    static EventLog open(Settings.History history) throws StartException {
        LogConfig config = new LogConfig(history.history(), history.age().orElse(Duration.ZERO), history.bytes(),
                InstantSource.system());
        if (history.dataDir().isEmpty()) {
            return new MemoryLog(config);
        }
        URI address = address(Path.of(history.dataDir().get()), "durability=" + history.level());
        try {
            return provider(address.getScheme()).open(address, config);
        } catch (LogException e) {
            throw new StartException(e.getMessage());
        }
    }

    /** The address of a folder, which need not be there yet. */
    static URI address(Path folder, String options) {
        return URI.create(
                "file://" + folder.toAbsolutePath().normalize().toUri().getRawPath().replaceFirst("(?<=.)/$", "")
                        + "?" + options);
    }

    private static EventLogProvider provider(String scheme) throws StartException {
        Optional<EventLogProvider> found = ServiceLoader.load(EventLogProvider.class).stream()
                .map(ServiceLoader.Provider::get).filter(provider -> provider.scheme().equals(scheme)).findFirst();
        return found
                .orElseThrow(() -> new StartException("there is no history of this kind in this program: " + scheme));
    }
}
