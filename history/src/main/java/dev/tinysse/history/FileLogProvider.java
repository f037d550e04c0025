package dev.tinysse.history;

import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.EventLogProvider;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.history.disk.RealDisk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Opens logs in files: {@code file:///var/lib/tinysse?durability=synced}, or {@code written}. The count must be at least 1. One process
 * uses a directory at a time.
 */
public final class FileLogProvider implements EventLogProvider {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String DURABILITY = "durability=";

    /** Found by {@link java.util.ServiceLoader}. */
    public FileLogProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public EventLog open(URI address, LogConfig config) throws LogException {
        if (address.getPath() == null || config.count() < 1) {
            throw new LogException(LogException.Kind.FAILED,
                    "a log in files needs a directory and a count: %s count=%d".formatted(address, config.count()));
        }
        Path directory = Path.of(address.getPath());
        try {
            return new Opening(durability(address), config, boot()).open(directory, new RealDisk());
        } catch (IOException e) {
            throw new LogException(LogException.Kind.FAILED, "data directory cannot be used: " + reason(directory, e),
                    e);
        }
    }

    private static String reason(Path directory, IOException failure) {
        return switch (failure) {
            case FileAlreadyExistsException inTheWay -> inTheWay.getFile() + " is no directory";
            case AccessDeniedException denied -> denied.getFile() + ": Permission denied";
            default -> failure.getMessage() == null ? directory + ": " + failure : failure.getMessage();
        };
    }

    private static Durability durability(URI address) throws LogException {
        String query = address.getQuery();
        for (Durability level : Durability.values()) {
            if (query == null && level == Durability.SYNCED
                    || (DURABILITY + level.name().toLowerCase(Locale.ROOT)).equals(query)) {
                return level;
            }
        }
        throw new LogException(LogException.Kind.FAILED,
                "durability must be synced or written: " + address.getQuery());
    }

    /** The identity of the machine's current boot; where there is none, each start of the server counts as one. */
    private static String boot() throws IOException {
        return Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : UUID.randomUUID().toString();
    }
}
