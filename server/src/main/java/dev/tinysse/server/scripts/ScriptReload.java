package dev.tinysse.server.scripts;

import dev.tinysse.api.ExitException;
import dev.tinysse.api.Hooks;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.component.PeriodicTask;
import dev.tinysse.server.component.Reloadable;
import dev.tinysse.server.component.StartException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
* Reloads the script while the server runs, without closing a stream. A script that does not load changes nothing: the old
 * one stays, and the log says why. The new one begins with globals of its own and without {@code startup}; calls that are under
 * way end in the old one. Any thread may call it.
 */
public final class ScriptReload implements Component, Reloadable {
    private static final Logger LOG = System.getLogger("tinysse");
    /** Between two looks at the file: as long as it has to be left alone before it is loaded. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Scripts scripts;
    private final Path file;
    private final HookCalls hooks;
    private final boolean watches;
    private final PeriodicTask watcher = new PeriodicTask("reload", PAUSE, this::look);
    private FileChanges changes;
    private volatile boolean closed;

    /**
     * Reloads of a script.
     *
     * @param scripts loads it
     * @param file the script
     * @param watches whether to reload also whenever the file has changed and settled
     * @param hooks to replace
     */
    public ScriptReload(Scripts scripts, Path file, boolean watches, HookCalls hooks) {
        this.scripts = scripts;
        this.file = file;
        this.watches = watches;
        this.hooks = hooks;
    }

    @Override
    public void start() {
        changes = new FileChanges(file);
        if (watches) {
            watcher.start();
        }
    }

    @Override
    public void reload() {
        if (!closed && Files.exists(file) && !Files.isRegularFile(file)) {
            notReloaded("only a regular file can be reloaded: " + file);
            return;
        }
        load(() -> true);
    }

    /** Reloads if the file has changed and nobody is writing to it. For the thread that watches. */
    void look() {
        if (changes.settled()) {
            load(changes::isAsReported);
        }
    }

    /** Loads the script, and drops the result if the file has changed again meanwhile. */
    private synchronized void load(BooleanSupplier current) {
        if (closed) {
            return;
        }
        try {
            Hooks loaded = scripts.load();
            if (!current.getAsBoolean()) {
                loaded.close();
                return;
            }
            hooks.replace(loaded);
            LOG.log(Level.INFO, "Reloaded " + file);
        } catch (StartException | ExitException e) {
            notReloaded(e.getMessage());
        } catch (RuntimeException | Error e) {
            notReloaded(e.toString()); // hooks that cannot say which of them there are, or no memory for them
        }
    }

    private static void notReloaded(String why) {
        LOG.log(Level.ERROR, "script not reloaded, the previous one remains in use: " + why);
    }

    /** No reload begins from now on. */
    @Override
    public void stop(Deadline deadline) {
        closed = true;
        watcher.stop(deadline);
    }
}
