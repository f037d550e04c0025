package dev.tinysse.server.files;

import io.helidon.http.DateTime;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A file as it was when a request found it.
 *
 * @param path where it lies, without any link
 * @param name the requested name, which determines its type
 * @param size bytes in it
 * @param modified when it was last changed, as exactly as the file system knows
 */
record ServedFile(Path path, String name, long size, Instant modified) {

    /** The entity tag, a strong one: two states of the file differ in size or in time. */
    String etag() {
        return "\"%x.%x-%x\"".formatted(modified.getEpochSecond(), modified.getNano(), size);
    }

    /** The time of the last change in whole seconds, which is all that a header can say. */
    Instant lastModified() {
        return modified.truncatedTo(ChronoUnit.SECONDS);
    }

    /** That time as a header says it. */
    String lastModifiedText() {
        return DateTime.RFC_1123_DATE_TIME.format(lastModified().atOffset(ZoneOffset.UTC));
    }
}
