package dev.tinysse.server.component;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The server cannot start. The text is one clear line for the operator. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    /** Says why. */
    public StartException(String message) {
        super(message, null, false, false);
    }

    /**
     * A file cannot be used.
     *
     * @param attempt with the option and the name of the file
     * @param cause says why
     */
    public StartException(String attempt, IOException cause) {
        this(attempt + ": " + reason(cause));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException error when error.getReason() != null -> error.getReason();
            default -> e.getMessage();
        };
    }
}
