package dev.tinysse.server.logging;

import java.util.logging.LogManager;

/**
 * A program that logs after the JDK has asked its log manager to close its handlers.
 */
final class LastWords {

    private LastWords() {}

    public static void main(String[] arguments) {
        Logging.start(LogLevel.INFO, LogFormat.TEXT);
        LogManager.getLogManager().reset();
        System.getLogger("tinysse").log(System.Logger.Level.INFO, "still here");
    }
}
