package dev.tinysse.server.plugins;

import dev.tinysse.api.Command;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.internal.OneLine;
import dev.tinysse.server.component.StartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All providers there are. Those that ship with the server are found on its own path, and only when they are needed.
 * For one thread.
 */
public final class Providers {
    private final Optional<Path> folder;
    private final List<KnownProvider> plugins = new ArrayList<>();
    private final List<String> diagnostics = new ArrayList<>();
    private Optional<List<KnownProvider>> shipped = Optional.empty();

    private Providers(Optional<Path> folder) {
        this.folder = folder;
    }

    /**
     * Loads the plugins.
     *
     * @param folder where they are; nothing for a server without plugins
     * @return those that could be loaded, and the diagnostics of the others
     */
    public static Providers find(Optional<Path> folder) {
        Providers providers = new Providers(folder);
        folder.map(PluginFolder::new).ifPresent(providers::load);
        return providers;
    }

    /**
     * These providers, and nothing else.
     *
     * @param providers as if they shipped with the server
     * @return those
     * @throws IllegalArgumentException if one of them cannot be used; the text says why
     */
    public static Providers of(Collection<HookProvider> providers) {
        Providers these = new Providers(Optional.empty());
        these.shipped = Optional.of(known(providers.stream()));
        return these;
    }

    private void load(PluginFolder from) {
        from.plugins(diagnostics::add).forEach(plugin -> plugins.addAll(plugin.providers(diagnostics::add)));
    }

    private static List<KnownProvider> known(Stream<HookProvider> providers) {
        return providers.map(provider -> KnownProvider.of(provider, Optional.empty())).toList();
    }

    /** {@return those from plugins, unmodifiable} */
    public List<KnownProvider> plugins() {
        return List.copyOf(plugins);
    }

    /** {@return a line for each plugin or command that was left out, and why; unmodifiable} */
    public List<String> diagnostics() {
        return List.copyOf(diagnostics);
    }

    /** {@return the subcommands of all; of several with one name the first, those that ship before those of plugins} */
    public List<Command> commands() {
        Map<String, Command> commands = new LinkedHashMap<>();
        for (KnownProvider known : all()) {
            try {
                known.provider().commands().forEach(command -> commands.putIfAbsent(command.name(), command));
            } catch (RuntimeException | LinkageError e) {
                diagnostics.add(OneLine.of("commands skipped: %s: %s".formatted(known, e)));
            }
        }
        return List.copyOf(commands.values());
    }

    /**
     * Chooses a provider.
     *
     * @param script selects by its extension if there is no name; the default language takes an extension of no provider
     * @param name of the provider
     * @return the one that fits
     * @throws StartException if none fits, or several do
     */
    public KnownProvider choose(Optional<String> script, Optional<String> name) throws StartException {
        String wanted = name.map(flag -> "--script-provider " + flag)
                .orElseGet(() -> "--script " + script.orElse(""));
        List<KnownProvider> fitting = name.map(this::named).orElseGet(() -> claiming(script.orElse("")));
        if (fitting.isEmpty()) {
            throw new StartException(nothingFor(wanted, name.isEmpty()));
        }
        if (fitting.size() > 1) {
            throw new StartException("several providers for %s: %s; %s".formatted(wanted, list(fitting),
                    name.isPresent() ? "remove one of the plugins" : "name one with --script-provider"));
        }
        KnownProvider chosen = fitting.getFirst();
        if (script.isEmpty() && !chosen.extensions().isEmpty()) {
            throw new StartException(wanted + " needs a --script");
        }
        return chosen;
    }

    private List<KnownProvider> named(String name) {
        return all().stream().filter(known -> known.name().equals(name)).toList();
    }

    /** The providers for the script's extension, else that of the default language if there is one. */
    private List<KnownProvider> claiming(String script) {
        List<KnownProvider> claiming = all().stream().filter(known -> known.claims(script)).toList();
        return claiming.isEmpty() ? all().stream().filter(KnownProvider::isDefault).limit(1).toList() : claiming;
    }

    private List<KnownProvider> all() {
        if (shipped.isEmpty()) {
            shipped = Optional.of(known(ServiceLoader.load(HookProvider.class).stream()
                    .map(ServiceLoader.Provider::get)));
        }
        return Stream.concat(shipped.get().stream(), plugins.stream()).toList();
    }

    private String nothingFor(String wanted, boolean byExtension) {
        String text = "no provider for %s; there are: %s; %sput the jar of another one into %s".formatted(wanted,
                all().isEmpty() ? "none" : list(all()),
                byExtension ? "name one with --script-provider, or " : "",
                folder.map(Path::toString).orElse("the folder plugins of the server's image"));
        return diagnostics.isEmpty() ? text : text + "; " + String.join("; ", diagnostics);
    }

    private static String list(List<KnownProvider> providers) {
        return providers.stream().map(KnownProvider::toString).collect(Collectors.joining(", "));
    }
}
