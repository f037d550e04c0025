package dev.tinysse.server;

import dev.tinysse.api.ExitException;
import dev.tinysse.api.Hooks;
import dev.tinysse.broker.HookCalls;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/**
 * Loads the script anew while the server runs, without closing a stream. A script that does not load changes nothing: the old
 * one stays, and the log says why. The new one begins with globals of its own and without {@code startup}; calls that are under
 * way end in the old one. Any thread may call it.
 */
final class ScriptReload implements AutoCloseable {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Scripts scripts;
    private final String file;
    private final HookCalls hooks;
    private final Thread watcher = Thread.ofVirtual().name("tinysse-reload").unstarted(this::watch);
    private volatile boolean closed;

    ScriptReload(Scripts scripts, String file, HookCalls hooks) {
        this.scripts = scripts;
        this.file = file;
        this.hooks = hooks;
    }

    /** Reloads whenever the file has changed, from now on. */
    ScriptReload watching() {
        watcher.start();
        return this;
    }

    /** Reloads now; does nothing once it is closed. */
    synchronized void reload() {
        if (closed) {
            return;
        }
        try {
            Hooks loaded = scripts.load();
            hooks.replace(loaded);
            LOG.log(Level.INFO, "Reloaded " + file);
        } catch (StartException | ExitException e) {
            notReloaded(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            notReloaded(e.toString()); // hooks that cannot say which of them there are
        }
    }

    private static void notReloaded(String why) {
        LOG.log(Level.ERROR, "script not reloaded, the old one stays: " + why);
    }

    private void watch() {
        FileTime seen = changed();
        while (true) {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
            FileTime now = changed();
            if (!now.equals(seen)) {
                seen = now;
                reload();
            }
        }
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(Path.of(file));
        } catch (IOException e) {
            return FileTime.fromMillis(0); // gone for a moment while an editor replaces it
        }
    }

    /** No reload begins from now on. */
    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
    }
}
