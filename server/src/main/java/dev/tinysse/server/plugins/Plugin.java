package dev.tinysse.server.plugins;

import dev.tinysse.api.HookProvider;
import dev.tinysse.api.internal.OneLine;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.jar.JarFile;

/**
 * One plugin: a jar, or a folder of jars, with a class loader of its own that is never closed.
 *
 * @param file the jar or the folder
 * @param jars its jars
 */
record Plugin(Path file, List<Path> jars) {

    /**
     * Finds the plugin's providers.
     *
     * @param diagnostics takes a line for each defect of the plugin
     */
    List<KnownProvider> providers(Consumer<String> diagnostics) {
        List<KnownProvider> found = new ArrayList<>();
        try {
            requireJars();
            InPlugin plugin = new InPlugin(new URLClassLoader(file.getFileName().toString(), urls(), new ApiLoader()));
            plugin.run(() -> collect(plugin, found));
            if (found.isEmpty()) {
                throw new IOException("it names no provider in META-INF/services/" + HookProvider.class.getName());
            }
        } catch (IOException | RuntimeException | ServiceConfigurationError | LinkageError e) {
            diagnostics.accept(OneLine.of("plugin skipped: %s: %s".formatted(file, text(e))));
        }
        return found;
    }

    private void requireJars() throws IOException {
        if (jars.isEmpty()) {
            throw new IOException("there is no jar in this folder");
        }
        for (Path jar : jars) {
            try (JarFile _ = new JarFile(jar.toFile())) {
                // it can be opened
            } catch (IOException e) {
                throw new IOException("%s cannot be read as a jar: %s".formatted(jar.getFileName(), e.getMessage()), e);
            }
        }
    }

    private URL[] urls() throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }

    private void collect(InPlugin plugin, List<KnownProvider> found) {
        for (HookProvider provider : ServiceLoader.load(HookProvider.class, plugin.loader())) {
            found.add(KnownProvider.of(new PluginProvider(provider, plugin), Optional.of(file)));
        }
    }

    /** The failure's text; of a {@code ServiceConfigurationError} also its cause, without the prefix that all of them have. */
    private static String text(Throwable failure) {
        return switch (failure) {
            case ServiceConfigurationError e -> e.getMessage().replace(HookProvider.class.getName() + ": ", "")
                    + (e.getCause() == null ? "" : ": " + e.getCause());
            case IOException e -> e.getMessage();
            case IllegalArgumentException e -> e.getMessage();
            default -> failure.toString();
        };
    }
}
