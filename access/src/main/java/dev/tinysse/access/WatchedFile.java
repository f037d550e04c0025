package dev.tinysse.access;

import dev.tinysse.access.keys.KeyFile;
import dev.tinysse.server.pem.PemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file whose contents count as they are now. When it has changed, and two looks in a row have found the same, or the third one again
 * something else, it is read again; if that fails, what was read before stays. For one thread at a time.
 */
final class WatchedFile {
    private static final Logger LOG = System.getLogger("tinysse");

    /** After so many looks that each have found something else nobody waits for the end of that. */
    private static final int MAX_CHANGES = 3;

    /** The use of a file's bytes. */
    interface Reader {
        void read(byte[] file) throws PemException;
    }

    private final String option;
    private final Path file;
    private final Reader reader;
    private Look last;
    private int changes;

    /** The result of a check: bytes, or the reason for their absence. */
    private record Look(byte[] bytes, Optional<String> failure, boolean used) {
        boolean isSame(Look other) {
            return Arrays.equals(bytes, other.bytes) && failure.equals(other.failure);
        }

        Look nowUsed() {
            return new Look(bytes, failure, true);
        }
    }

    /**
     * A file that is to be read.
     *
     * @param option that names it
     */
    WatchedFile(String option, Path file, Reader reader) {
        this.option = option;
        this.file = file;
        this.reader = reader;
    }

    /**
     * Reads the file for the first time.
     *
     * @throws PemException if that fails; the text names the file
     */
    void load() throws PemException {
        try {
            last = new Look(KeyFile.bytes(file), Optional.empty(), true);
            read(last);
        } catch (PemException e) {
            throw new PemException("cannot use --%s %s: %s".formatted(option, file, e.getMessage()), e);
        }
    }

    /** Looks at the file, and reads it if it has changed. */
    void look() {
        Look found = now();
        boolean settled = found.isSame(last);
        if (!settled) {
            last = found; // somebody may be writing to it
            changes++;
        }
        if (!last.used && (settled || changes == MAX_CHANGES)) {
            last = last.nowUsed();
            changes = 0;
            use(last);
        }
    }

    private Look now() {
        try {
            return new Look(KeyFile.bytes(file), Optional.empty(), false);
        } catch (PemException e) {
            return new Look(new byte[0], Optional.of(e.getMessage()), false);
        }
    }

    /** One file does not keep others from being read, whatever it holds. */
    private void read(Look look) throws PemException {
        try {
            reader.read(look.bytes);
        } catch (RuntimeException e) {
            throw new PemException(String.valueOf(e.getMessage()), e);
        }
    }

    private void use(Look look) {
        try {
            if (look.failure.isPresent()) {
                throw new PemException(look.failure.get());
            }
            read(look);
            LOG.log(Level.INFO, "Reloaded: %s=%s".formatted(option, file));
        } catch (PemException e) {
            LOG.log(Level.ERROR,
                    "%s not reloaded, the previous keys remain in use: %1$s=%s: %s".formatted(option, file,
                            e.getMessage()));
        }
    }
}
