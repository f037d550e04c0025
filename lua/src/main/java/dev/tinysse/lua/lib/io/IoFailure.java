package dev.tinysse.lua.lib.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** The errors of files, in the words and with the numbers of C on Linux. */
public enum IoFailure {
    NO_ENTRY(2, "No such file or directory"), IO(5, "Input/output error"), BAD_DESCRIPTOR(9,
            "Bad file descriptor"), NO_CHILD(10, "No child processes"), ACCESS(13, "Permission denied"), BUSY(16,
                    "Device or resource busy"), EXISTS(17, "File exists"), OTHER_DEVICE(18,
                            "Invalid cross-device link"), NO_DIRECTORY(20, "Not a directory"), DIRECTORY(21,
                                    "Is a directory"), INVALID_ARGUMENT(22, "Invalid argument"), TOO_MANY_FILES(24,
                                            "Too many open files"), TEXT_BUSY(26, "Text file busy"), TOO_BIG(27,
                                                    "File too large"), NO_SPACE(28,
                                                            "No space left on device"), ILLEGAL_SEEK(29,
                                                                    "Illegal seek"), READ_ONLY(30,
                                                                            "Read-only file system"), BROKEN_PIPE(32,
                                                                                    "Broken pipe"), NAME_TOO_LONG(36,
                                                                                            "File name too long"), NOT_EMPTY(
                                                                                                    39,
                                                                                                    "Directory not empty"), LOOP(
                                                                                                            40,
                                                                                                            "Too many levels of symbolic links");

    private final int number;
    private final String text;

    IoFailure(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The value of {@code errno}. */
    public int number() {
        return number;
    }

    /** The text of {@code strerror}. */
    public String text() {
        return text;
    }

    IOException exception() {
        return new IOException(text);
    }

    /** The error behind an exception of the Java library or of this package. */
    public static IoFailure of(Exception e) {
        return switch (e) {
            case NoSuchFileException none -> NO_ENTRY;
            case AccessDeniedException denied -> ACCESS;
            case FileAlreadyExistsException exists -> EXISTS;
            case DirectoryNotEmptyException full -> NOT_EMPTY;
            case InvalidPathException invalid -> NO_ENTRY;
            case FileSystemException other -> named(Objects.requireNonNullElse(other.getReason(), ""));
            default -> named(Objects.requireNonNullElse(e.getMessage(), ""));
        };
    }

    private static IoFailure named(String message) {
        for (IoFailure failure : values()) {
            if (message.contains(failure.text)) {
                return failure;
            }
        }
        return IO;
    }
}
