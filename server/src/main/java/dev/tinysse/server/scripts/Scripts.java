package dev.tinysse.server.scripts;

import dev.tinysse.api.Channels;
import dev.tinysse.api.ExitException;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import dev.tinysse.broker.Broker;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.plugins.KnownProvider;
import dev.tinysse.server.plugins.Providers;
import dev.tinysse.server.settings.CliTable;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.settings.Version;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Loads the configured script with the chosen provider, any number of times. */
public final class Scripts {
    private final KnownProvider known;
    private final Settings settings;
    private final AtomicReference<Channels> channels = new AtomicReference<>();

    /**
     * Chooses the provider for the configured script, or the one that was named.
     *
     * @throws StartException if there is none
     */
    public Scripts(Settings settings, Providers providers) throws StartException {
        this.settings = settings;
        known = providers.choose(settings.scripting().script(), settings.scripting().scriptProvider());
    }

    /** From now on scripts may use these channels. */
    public void offer(Channels offered) {
        channels.set(offered);
    }

    /** {@return whether there is a script or provider to load} */
    public static boolean wanted(Settings settings) {
        return settings.scripting().script().isPresent() || settings.scripting().scriptProvider().isPresent();
    }

    /**
     * Loads the script and runs its top level.
     *
     * @throws StartException if that fails
     */
    public Hooks load() throws StartException {
        Settings.Scripting scripting = settings.scripting();
        Optional<Path> file = scripting.script().map(Path::of);
        Script script = new Script(file, scripting.scriptData(), scripting.unsafeScript(), scripting.scriptTimeout(),
                scripting.startupTimeout(), scripting.scriptMemory());
        try {
            return known.provider().load(script, new Context(CliTable.of(settings), channels));
        } catch (ScriptException e) {
            throw new StartException(hinted(e.getMessage()));
        } catch (ExitException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new StartException(hinted("provider " + known + " failed: " + e));
        }
    }

    /** A failure, with a hint in its first line if the script may be in another language. */
    private String hinted(String failure) {
        Settings.Scripting scripting = settings.scripting();
        boolean chosen = scripting.scriptProvider().isPresent() || scripting.script().filter(known::claims).isPresent();
        if (chosen) {
            return failure;
        }
        String hint = " (run as %s, because no provider has its extension; --script-provider NAME selects another)"
                .formatted(known.name());
        int end = failure.indexOf('\n');
        return end < 0 ? failure + hint : failure.substring(0, end) + hint + failure.substring(end);
    }

    private record Context(Map<String, Object> options, AtomicReference<Channels> offered) implements HookContext {
        @Override
        public Channels channels() {
            Channels there = offered.get();
            return there == null ? HookContext.super.channels() : there;
        }

        @Override
        public String server() {
            return "tinysse/" + Version.text();
        }

        @Override
        public void aboutToWait() {
            Broker.aboutToWait();
        }
    }
}
