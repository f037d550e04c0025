package dev.tinysse.server;

import dev.tinysse.broker.log.EventLog;
import dev.tinysse.server.access.AccessKeys;
import dev.tinysse.server.pem.PemException;
import dev.tinysse.server.settings.Settings;

/** Opens access at the start of a server. Loaded only where not everyone may do everything. */
final class AccessStart {
    private AccessStart() {}

    /**
     * The keys, as they are configured.
     *
     * @param log is closed if that fails
     * @throws StartException if a file cannot be used
     */
    static AccessKeys open(Settings settings, EventLog log) throws StartException {
        try {
            return AccessKeys.open(settings.access(), settings.cors().allowOrigin(),
                    settings.durableStreams().path().isPresent());
        } catch (PemException e) {
            log.close();
            throw new StartException(e.getMessage());
        }
    }
}
