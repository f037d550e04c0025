package dev.tinysse.server.logging;

import java.io.Console;
import java.util.Map;

/**
 * Colours for the log on a terminal.
 */
final class Colours {

    private Colours() {}

    /** Whether there is a terminal, and nothing in the environment says that it should stay plain. */
    static boolean wanted(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && environment.containsKey("TERM")
                && !environment.get("TERM").equals("dumb") && isTerminal();
    }

    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    static String paint(LogLevel level, String text) {
        return "\033[" + switch (level) {
            case ERROR -> "31";
            case WARN -> "33";
            case INFO -> "32";
            case DEBUG -> "34";
            case TRACE -> "35";
        } + "m" + text + "\033[0m";
    }
}
