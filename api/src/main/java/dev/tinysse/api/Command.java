package dev.tinysse.api;

import java.util.List;

/**
 * A subcommand of the command line: {@code tinysse NAME …}. A {@link HookProvider} brings its own; a module of the image that brings
 * only commands is found by {@link java.util.ServiceLoader}. If several have one name, those that ship with the server come first,
 * then those of plugins in the order of their files.
 */
public interface Command {
    /** {@return the word that calls it, lower case} */
    String name();

    /** {@return one line for {@code --help}} */
    String summary();

    /**
     * Runs the command on standard input, output and error. Called once, on the program's main thread, and without a server.
     *
     * <p>With {@code --help} alone, which is what {@code tinysse help NAME} passes, it prints how to use it and returns 0.
     *
     * @param arguments what follows the name, not null, may be empty
     * @return the exit status, 0 to 255
     */
    int run(List<String> arguments);
}
