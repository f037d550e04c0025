package dev.tinysse.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says why a file of the configuration cannot be used, without its name. */
final class FileErrors {
    private FileErrors() {}

    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException error when error.getReason() != null -> error.getReason();
            default -> e.getMessage();
        };
    }
}
