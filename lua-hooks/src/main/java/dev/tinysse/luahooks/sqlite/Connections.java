package dev.tinysse.luahooks.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** Opens and closes connections of the driver. */
final class Connections {

    private static final int BUSY_MILLIS = 5000;
    /** The default size of a page in SQLite. */
    private static final int PAGE_BYTES = 4096;

    private Connections() {}

    /** @param maxBytes how many a value may have, and a database that is in no file; 0 for any number */
    static SQLiteConnection open(String path, long maxBytes) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enableLoadExtension(false);
        config.setGetGeneratedKeys(false);
        SQLiteConnection connection = (SQLiteConnection) config.createConnection("jdbc:sqlite:" + address(path));
        if (maxBytes > 0) {
            connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, (int) Math.min(maxBytes, Integer.MAX_VALUE));
            limitPages(connection, isInMemory(path) ? List.of("main", "temp") : List.of("temp"),
                    Math.max(1, maxBytes / PAGE_BYTES));
        }
        return connection;
    }

    /** The heap's limit does not see what SQLite takes, so that a database in memory has one of its own. */
    private static void limitPages(SQLiteConnection connection, List<String> schemas, long count) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String schema : schemas) {
                statement.execute("pragma %s.max_page_count = %d".formatted(schema, count));
            }
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
    }

    private static boolean isInMemory(String path) {
        return path.isEmpty() || path.equals(":memory:")
                || path.startsWith("file:") && (path.contains(":memory:") || path.contains("mode=memory"));
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(Connections.class.getName()).log(System.Logger.Level.WARNING, "database not closed", e);
        }
    }

    /**
     * The file {@code path} in the form of SQLite. The address is escaped, because the driver looks for settings
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
