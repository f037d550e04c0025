package dev.tinysse.server.settings;

import java.util.Locale;

/** The guarantee of the response to a publisher for a message that is stored in files. */
public enum Durability {
    /** It is on the disk, and survives a loss of power. */
    SYNCED,
    /** The operating system has it, so that it survives the end of the process. */
    WRITTEN;

    /** The word for it, lower case, as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
