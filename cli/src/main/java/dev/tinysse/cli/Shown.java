package dev.tinysse.cli;

import dev.tinysse.api.internal.OneLine;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLException;

/** Texts of others as they may stand on a terminal. Safe for any thread. */
public final class Shown {
    private static final String NOT_TRUSTED = "unable to find valid certification path";

    /** Servers choose parts of what is said. */
    private static final int MAX_LINE = 2000;

    private Shown() {}

    /** {@return a line for standard error that tells the user of something} */
    public static String error(String text) {
        return "tinysse: " + OneLine.of(text.length() > MAX_LINE ? text.substring(0, MAX_LINE) + "…" : text);
    }

    /** {@return a value in quotes if it is empty or has blanks} */
    public static String value(String text) {
        return text.isEmpty() || text.chars().anyMatch(Character::isWhitespace) ? '"' + text + '"' : text;
    }

    /** {@return lines as they may stand on a terminal, with an escape for each control character but tabs and line feeds} */
    public static String lines(String text) {
        StringBuilder lines = new StringBuilder(text.length());
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\t') {
                lines.append(OneLine.of(text.substring(from, i))).append(c);
                from = i + 1;
            }
        }
        return lines.append(OneLine.of(text.substring(from))).toString();
    }

    /** {@return why an operation failed, in words} */
    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case UnknownHostException _ -> "unknown host";
            case SSLException _ when String.valueOf(e.getMessage()).contains(NOT_TRUSTED) ->
                "the server's certificate is not trusted (SSL_CERT_FILE=FILE names those that are)";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
