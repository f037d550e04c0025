package dev.tinysse.server;

import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.listener.StartLog;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.transport.Listener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Logs where the server listens, and runs {@code startup}.
 *
 * @param settings as configured
 * @param hooks of the script
 * @param listener that is bound
 * @param admin that is bound, if there is one
 */
record Startup(Settings settings, HookCalls hooks, Listener listener, Optional<AdminListener> admin)
        implements
            Component {
    private static final Logger LOG = System.getLogger("tinysse");

    @Override
    public void start() {
        StartLog.lines(settings, listener.bound()).forEach(line -> LOG.log(Level.INFO, line));
        if (admin.isPresent()) {
            StartLog.admin(admin.get().bound()).forEach(line -> LOG.log(Level.INFO, line));
        }
        if (!hooks.authorizesPublishers() && !settings.access().isOn()) {
            StartLog.openToAnybody(listener.bound()).ifPresent(line -> LOG.log(Level.WARNING, line));
        }
        hooks.startup();
    }

    @Override
    public void stop(Deadline deadline) {
        // nothing is left of it
    }
}
