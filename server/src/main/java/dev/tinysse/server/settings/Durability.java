package dev.tinysse.server.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The guarantee of the response to a publisher for a message that is stored in files. */
public enum Durability {
    /** It is on the disk, and survives a loss of power. */
    SYNCED,
    /** The operating system has it, so that it survives the end of the process. */
    WRITTEN;

    static Optional<Durability> of(String text) {
        return Stream.of(values()).filter(level -> level.toString().equals(text)).findFirst();
    }

    /** The word for it, lower case, as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
