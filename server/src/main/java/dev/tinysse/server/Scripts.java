package dev.tinysse.server;

import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import dev.tinysse.broker.Broker;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.settings.Version;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds the provider for the configured script and has it load the script. */
final class Scripts {
    private final List<HookProvider> providers;
    private final Settings settings;

    Scripts(Settings settings) {
        this(settings, ServiceLoader.load(HookProvider.class).stream().map(ServiceLoader.Provider::get).toList());
    }

    Scripts(Settings settings, Collection<HookProvider> providers) {
        this.settings = settings;
        this.providers = List.copyOf(providers);
    }

    /** Loads a script and runs its top level. */
    Hooks load(String file) throws StartException {
        HookProvider provider = provider(file);
        Settings.Scripting scripting = settings.scripting();
        Script script = new Script(Path.of(file), scripting.scriptData(), scripting.unsafeScript(),
                scripting.scriptTimeout(),
                scripting.startupTimeout(), scripting.scriptMemory());
        try {
            return provider.load(script, new Context(settings.cli()));
        } catch (ScriptException e) {
            throw new StartException(e.getMessage());
        }
    }

    private HookProvider provider(String file) throws StartException {
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        List<HookProvider> fitting = providers.stream().filter(provider -> settings.scripting().scriptProvider()
                .map(name -> name.equals(provider.name())).orElseGet(() -> provider.extensions().contains(extension)))
                .toList();
        if (fitting.size() > 1) {
            throw new StartException(
                    "several providers know %s, name one with --script-provider: %s".formatted(file, names(fitting)));
        }
        if (fitting.isEmpty()) {
            throw new StartException("no provider for %s, known ones are: %s; others go into the folder plugins/"
                    .formatted(settings.scripting().scriptProvider().map(name -> "--script-provider " + name)
                            .orElse("--script " + file), names(providers)));
        }
        return fitting.getFirst();
    }

    private static String names(List<HookProvider> providers) {
        return providers.isEmpty()
                ? "none"
                : providers.stream()
                        .map(provider -> provider.name() + " ("
                                + provider.extensions().stream().sorted().map(e -> "." + e)
                                        .collect(Collectors.joining(" "))
                                + ")")
                        .collect(Collectors.joining(", "));
    }

    private record Context(Map<String, Object> options) implements HookContext {
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
