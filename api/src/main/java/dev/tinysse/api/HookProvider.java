package dev.tinysse.api;

import java.util.List;
import java.util.Set;

/**
 * A language for hooks, or hooks written in Java. The server finds it with {@link java.util.ServiceLoader} in a jar of its
 * folder {@code plugins/}: the class is public, has a public constructor without parameters, and the jar names it in
 * {@code META-INF/services/dev.tinysse.api.HookProvider} (a {@code module-info} is not looked at).
 *
 * <p><b>What a plugin sees.</b> A jar in {@code plugins/}, or a folder of jars there, has a class loader of its own. It sees
 * the JDK and this package, nothing of the server and nothing of other plugins; it brings every library it needs. That loader
 * also is the context class loader of the thread in every call to the plugin.
 *
 * <p><b>Threads and time.</b> The server makes one instance, and asks for names, extensions and commands before it serves
 * clients, so these methods return at once: what takes time, or much memory, belongs into {@link #load}. A second {@code load}
 * may come while the hooks of the first are being called.
 *
 * <p><b>Failing.</b> A provider whose constructor or whose describing methods throw, or that was compiled against another
 * version of this interface, is left out with one line in the log, which names its jar; the server starts without it.
 */
public interface HookProvider {
    /**
     * The version of this package. It rises when a provider that was compiled against an earlier one would no longer work;
     * new methods that have a default do not raise it.
     */
    int API_VERSION = 1;

    /**
     * The version of this package that the provider was compiled against. Always written as
     * {@snippet :
     * public int apiVersion() {
     *     return API_VERSION;
     * }}
     * since the compiler copies the number into the provider. That is why there is no default: it would be the server's.
     *
     * @return {@link #API_VERSION}
     */
    int apiVersion();

    /** {@return the name that {@code --script-provider} takes: lower-case letters, digits and hyphens, a letter first} */
    String name();

    /** {@return the provider's own version, for the start log; by default that of the jar's manifest} */
    default String version() {
        String implementation = getClass().getPackage().getImplementationVersion();
        return implementation == null ? "unknown" : implementation;
    }

    /**
     * The file extensions of its scripts. A provider without any is chosen by its name alone, and then needs no script.
     *
     * @return extensions without the dot, lower case; empty by default
     */
    default Set<String> extensions() {
        return Set.of();
    }

    /**
     * Whether it is the default language: it also takes scripts whose extension no provider has. Of several such providers
     * the first one does, those that ship with the server before those of plugins, these in the order of their files.
     *
     * @return false by default
     */
    default boolean isDefault() {
        return false;
    }

    /**
     * Loads a script and runs its top level. Called before the socket is bound, and again when the script is reloaded: the
     * earlier hooks stay if this fails, and are no longer called once it has succeeded.
     *
     * @param script the script and its limits
     * @param context what the server offers
     * @return its hooks, not null
     * @throws ScriptException if the script is not there, is malformed or fails; the text names file and line
     * @throws ExitException if the script asks that the program end
     */
    Hooks load(Script script, HookContext context) throws ScriptException;

    /** {@return the provider's own subcommands, such as an interpreter or a checker; none by default} */
    default List<Command> commands() {
        return List.of();
    }
}
