package dev.tinysse.access;

import dev.tinysse.server.access.Access;
import dev.tinysse.server.access.AccessProvider;
import dev.tinysse.server.component.Components;
import dev.tinysse.server.component.PeriodicTask;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.pem.PemException;
import dev.tinysse.server.settings.Settings;

/** Opens access with tokens and API keys. */
public final class KeyAccessProvider implements AccessProvider {
    @Override
    public Access open(Settings settings, Components components) throws StartException {
        try {
            AccessKeys keys = new AccessKeys(settings.access(), settings.cors().allowOrigin());
            components.add(new PeriodicTask("keys", AccessKeys.PAUSE, keys::look));
            return keys.access();
        } catch (PemException e) {
            throw new StartException(e.getMessage());
        }
    }
}
