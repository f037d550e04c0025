package dev.tinysse.server.access;

import dev.tinysse.server.component.Components;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.settings.Settings;

/** Opens access as it is configured. Found by {@link java.util.ServiceLoader}, and only by servers with tokens or API keys. */
public interface AccessProvider {
    /**
     * Reads the keys.
     *
     * @param settings of the server
     * @param components gets the part that reads changed keys again
     * @throws StartException if a file cannot be used
     */
    Access open(Settings settings, Components components) throws StartException;
}
