package dev.tinysse.server.plugins;

import dev.tinysse.api.HookProvider;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A provider that can be used, as it has described itself.
 *
 * @param name what {@code --script-provider} takes
 * @param version its own
 * @param extensions of its scripts, in order; empty if it needs no script
 * @param isDefault whether it takes scripts whose extension no provider has
 * @param file where it comes from; empty if it ships with the server
 * @param provider itself
 */
public record KnownProvider(String name, String version, Set<String> extensions, boolean isDefault,
        Optional<Path> file, HookProvider provider) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9_+-]+");

    /**
     * Asks a provider what it is.
     *
     * @throws IllegalArgumentException if it cannot be used; the text says why
     */
    static KnownProvider of(HookProvider provider, Optional<Path> file) {
        if (provider.apiVersion() != HookProvider.API_VERSION) {
            throw new IllegalArgumentException(
                    "it was made for version %d of the API, and this server has version %d: take another release of it"
                            .formatted(provider.apiVersion(), HookProvider.API_VERSION));
        }
        KnownProvider known = new KnownProvider(String.valueOf(provider.name()), String.valueOf(provider.version()),
                new TreeSet<>(provider.extensions()), provider.isDefault(), file, provider);
        if (!NAME.matcher(known.name).matches()) {
            throw new IllegalArgumentException(
                    "the provider's name must be of lower-case letters, digits and hyphens: " + known.name);
        }
        known.extensions.stream().filter(extension -> !EXTENSION.matcher(extension).matches()).findFirst()
                .ifPresent(extension -> {
                    throw new IllegalArgumentException(
                            "an extension must be of lower-case letters and digits, without the dot: " + extension);
                });
        return known;
    }

    /** Whether it says that the extension of {@code script} is one of its own. */
    public boolean claims(String script) {
        return extensions.contains(script.substring(script.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** Name, extensions and file, for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        if (!extensions.isEmpty()) {
            text.append(" (.").append(String.join(" .", extensions)).append(')');
        }
        file.ifPresent(from -> text.append(" from ").append(from));
        return text.toString();
    }
}
