package dev.tinysse.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A script to load, and what its calls may use. Nothing in it is null.
 *
 * @param file the script, as configured; absent only if a provider without extensions was named and no script
 * @param data the text of {@code --script-data}
 * @param unsafe whether the sandbox is lifted
 * @param timeout the running time of one call, not counting what it waits; not negative, zero for no limit
 * @param startupTimeout the same for the top level and {@code startup}
 * @param memory what one call may hold, in bytes, roughly; not negative, 0 for no limit
 */
public record Script(Optional<Path> file, Optional<String> data, boolean unsafe, Duration timeout,
        Duration startupTimeout,
        long memory) {
    /** Checks that nothing is null and no limit negative. */
    public Script {
        Objects.requireNonNull(file);
        Objects.requireNonNull(data);
        if (timeout.isNegative() || startupTimeout.isNegative() || memory < 0) {
            throw new IllegalArgumentException("limits must not be negative: timeout=%s startupTimeout=%s memory=%d"
                    .formatted(timeout, startupTimeout, memory));
        }
    }
}
