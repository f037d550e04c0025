package dev.tinysse.api;

import java.util.List;
import java.util.Set;

/**
 * A language for hooks, found with {@link java.util.ServiceLoader}: it has a public constructor without parameters,
 * and its jar names it in {@code META-INF/services} or {@code module-info}.
 */
public interface HookProvider {
    /** The version of this interface. A provider compiled against another one is not loaded. */
    int API_VERSION = 1;

    /** {@return the name that {@code --script-provider} takes, lower case} */
    String name();

    /** {@return the provider's own version, for the start log} */
    default String version() {
        return "unknown";
    }

    /** {@return the version of this interface that the provider was compiled against} */
    default int apiVersion() {
        return API_VERSION;
    }

    /** {@return the file extensions of its scripts, without the dot, lower case} */
    default Set<String> extensions() {
        return Set.of();
    }

    /**
     * Loads a script and runs its top level. Called before the socket is bound, and again when the script is reloaded.
     *
     * @param script the script and its limits
     * @param context what the server offers
     * @return its hooks
     * @throws ScriptException if the script is not there, is malformed or fails; the text names file and line
     * @throws ExitException if the script asks that the program end
     */
    Hooks load(Script script, HookContext context) throws ScriptException;

    /** {@return the provider's own subcommands, such as an interpreter or a checker} */
    default List<Command> commands() {
        return List.of();
    }
}
