package dev.tinysse.luahooks.sqlite;

import java.time.Duration;

/** The limits of a call that uses a database. Any thread may ask. */
public interface DatabaseLimits {

    /** How long the call may keep SQLite at work; zero for any time. */
    Duration time();

    /** How many bytes the rows of a result, and a database that is in no file, may take; 0 for any number. */
    long memory();

    /**
     * Whether the heap has room for more rows. Asked only where {@link #memory} is limited.
     *
     * @param bytes their size, an estimate
     */
    boolean hasRoom(long bytes);
}
