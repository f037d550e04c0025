package dev.tinysse.luahooks.sqlite;

import java.sql.SQLException;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/**
 * Looks at the running statement of one connection now and then, and ends it if it must end. SQLite keeps it as long as the
 * connection is open, so it must not know the {@link Database}. Only for the thread at work in the connection.
 */
final class Watch extends ProgressHandler {

    /** Steps of SQLite's machine between two looks: about a millisecond. */
    private static final int STEPS = 10_000;

    private Run current;

    static Watch over(SQLiteConnection connection) throws SQLException {
        Watch watch = new Watch();
        ProgressHandler.setHandler(connection, STEPS, watch);
        return watch;
    }

    void begin(Run run) {
        current = run;
    }

    void end() {
        current = null;
    }

    @Override
    protected int progress() {
        return current != null && current.mustEnd() ? 1 : 0;
    }
}
