package dev.tinysse.client.cli;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLException;

/** Texts of others as they may stand on a terminal. Safe for any thread. */
public final class Shown {
    private static final String NOT_TRUSTED = "unable to find valid certification path";

    private Shown() {}

    /** {@return a value in quotes if it is empty or has blanks} */
    public static String value(String text) {
        return text.isEmpty() || text.chars().anyMatch(Character::isWhitespace) ? '"' + text + '"' : text;
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
