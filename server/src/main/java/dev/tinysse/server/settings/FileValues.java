package dev.tinysse.server.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads names and modes of files. */
final class FileValues {
    private static final int DIGITS = 3;
    /** From the bit of the highest value on. */
    private static final PosixFilePermission[] BITS = PosixFilePermission.values();

    private FileValues() {}

    static boolean isName(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Reads a mode: three octal digits, with or without a zero in front. */
    static Optional<Set<PosixFilePermission>> parseMode(String text) {
        String digits = text.length() == DIGITS + 1 && text.startsWith("0") ? text.substring(1) : text;
        if (digits.length() != DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '7')) {
            return Optional.empty();
        }
        int mode = Integer.parseInt(digits, 8);
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((mode >> bit & 1) == 1) {
                permissions.add(BITS[BITS.length - 1 - bit]);
            }
        }
        return Optional.of(permissions);
    }
}
