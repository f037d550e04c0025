package dev.tinysse.luahooks.packages.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** Opens and closes connections of the driver. */
final class Connections {

    private static final int BUSY_MILLIS = 5000;

    private Connections() {}

    /** @param maxLength how many bytes a value may have; 0 for any number */
    static SQLiteConnection open(String path, long maxLength) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enableLoadExtension(false);
        config.setGetGeneratedKeys(false);
        SQLiteConnection connection = (SQLiteConnection) config.createConnection("jdbc:sqlite:" + address(path));
        if (maxLength > 0) {
            connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, (int) Math.min(maxLength, Integer.MAX_VALUE));
        }
        return connection;
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(Connections.class.getName()).log(System.Logger.Level.WARNING, "database not closed", e);
        }
    }

    /**
     * What SQLite takes for the file {@code path}. An address leaves nothing of it to the driver, which looks for settings
     * behind a question mark and for resources behind a prefix.
     */
    private static String address(String path) {
        if (path.isEmpty() || path.equals(":memory:") || path.startsWith("file:")) {
            return path;
        }
        StringBuilder address = new StringBuilder(path.startsWith("/") ? "file://" : "file:");
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
                    || "/._-".indexOf(b) >= 0;
            address.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b));
        }
        return address.toString();
    }
}
