package dev.tinysse.luahooks.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConnection;

/** A text of statements on its way through a connection: all of them are done, or none. */
final class Script {

    private static final String SAVEPOINT = "tinysse_script";

    private final SQLiteConnection connection;
    private final List<String> statements;
    private final Parameters parameters;
    private final boolean hasOwnTransaction;
    private int done;

    /** @throws SQLException if there is no statement in {@code sql} */
    Script(SQLiteConnection connection, String sql, List<Object> values) throws SQLException {
        this.connection = connection;
        this.statements = SqlText.statements(sql);
        if (statements.isEmpty()) {
            throw new SQLException("not an error");
        }
        this.parameters = new Parameters(values);
        this.hasOwnTransaction = SqlText.beginsTransaction(statements.getFirst());
    }

    /** The use of a prepared statement that has its values. */
    private interface Step {

        void take(PreparedStatement statement) throws SQLException;
    }

    /** Runs statements that give no rows. */
    Changes execute() throws SQLException {
        long[] affected = {0};
        together(statement -> {
            if (givesRows(statement)) {
                throw new SQLException("Execute returned results - did you mean to call query?");
            }
            affected[0] += changes(statement);
        });
        return new Changes(affected[0], lastInsertId());
    }

    /**
     * Runs statements; gives the rows of the last one.
     *
     * @param limits of the rows
     */
    Rows query(DatabaseLimits limits) throws SQLException {
        Rows[] rows = {Rows.NONE};
        together(statement -> {
            if (statement.execute()) {
                try (ResultSet results = statement.getResultSet()) {
                    rows[0] = new RowReader(results, limits).read();
                }
            } else {
                rows[0] = Rows.NONE;
            }
        });
        return rows[0];
    }

    private void together(Step step) throws SQLException {
        if (statements.size() == 1) {
            each(step);
            return;
        }
        if (!hasOwnTransaction) {
            plain("savepoint " + SAVEPOINT);
        }
        boolean whole = false;
        try {
            each(step);
            if (!hasOwnTransaction) {
                release();
            }
            whole = true;
        } finally {
            if (!whole) {
                undo();
            }
        }
    }

    private void each(Step step) throws SQLException {
        for (String sql : statements) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                parameters.bind(statement, done == statements.size() - 1);
                step.take(statement);
                done++;
            }
        }
    }

    /** A commit among the statements has ended the savepoint with the transaction: then there is nothing to release. */
    private void release() throws SQLException {
        try {
            plain("release " + SAVEPOINT);
        } catch (SQLException e) {
            if (!DatabaseException.text(e).startsWith("no such savepoint")) {
                throw e;
            }
        }
    }

    private void undo() {
        if (!hasOwnTransaction) {
            attempt("rollback to " + SAVEPOINT);
            attempt("release " + SAVEPOINT);
        } else if (done > 0) {
            attempt("rollback");
        }
    }

    /** Some errors end the transaction by themselves; then these find nothing to do, which is no error. */
    private void attempt(String sql) {
        try {
            plain(sql);
        } catch (SQLException _) {
            return;
        }
    }

    private void plain(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** SQLite's count of changed rows is that of the latest statement that can change rows, whichever that was. */
    private long changes(PreparedStatement statement) throws SQLException {
        long before = connection.getDatabase().total_changes();
        statement.execute();
        return connection.getDatabase().total_changes() == before ? 0 : connection.getDatabase().changes();
    }

    private long lastInsertId() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("select last_insert_rowid()")) {
            return results.getLong(1);
        }
    }

    /** Whether the statement has columns; the driver throws for one that has none. */
    private static boolean givesRows(PreparedStatement statement) {
        try {
            return statement.getMetaData().getColumnCount() > 0;
        } catch (SQLException _) {
            return false;
        }
    }
}
