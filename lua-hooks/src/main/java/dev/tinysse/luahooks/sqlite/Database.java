package dev.tinysse.luahooks.sqlite;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.sqlite.SQLiteConnection;

/**
 * A connection to a database. Any number of threads may use it; they take turns in the order in which they came. A statement
 * runs in a platform thread, since SQLite would keep the carrier of a virtual thread even while it waits for a locked
 * file. A thread that is interrupted while it waits for its result leaves at once, and the statement is stopped.
 *
 * <p>The connection is closed by {@link #close}, or some time after nobody refers to the database any more.
 */
public final class Database implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();

    private final SQLiteConnection connection;
    private final Watch watch;
    private final DatabaseLimits limits;
    private final Semaphore turn = new Semaphore(1, true);
    private final Cleaner.Cleanable cleanable;

    private Database(SQLiteConnection connection, DatabaseLimits limits) throws SQLException {
        this.connection = connection;
        this.limits = limits;
        this.watch = Watch.over(connection);
        this.cleanable = CLEANER.register(this, () -> Connections.close(connection));
    }

    /**
     * Opens a database: a file, which is made if it is not there, {@code ":memory:"}, a {@code file:} address, or {@code ""}
     * for a temporary one.
     *
     * @param path a relative one starts at the working directory
     * @param limits of the running call
     * @throws DatabaseException if it cannot be opened; the message ends with the path
     */
    public static Database open(String path, DatabaseLimits limits)
            throws DatabaseException, InterruptedException {
        try {
            return Workers.submit(() -> new Database(Connections.open(path, limits.memory()), limits)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw new DatabaseException(DatabaseException.text(failure) + ": " + path, failure);
            }
            throw unexpected(e);
        }
    }

    /**
     * Runs the statements of a text that give no rows: all of them, or none if one fails.
     *
     * @param values what stands for the places in the statements, in order: each a {@link Long}, a {@link Double}, a
     *               {@link String}, a {@code byte[]} for a blob, or null
     * @throws DatabaseException if a statement fails, would give rows, or the number of values is wrong
     */
    public Changes execute(String sql, List<Object> values) throws DatabaseException, InterruptedException {
        return inTurn(() -> new Script(connection, sql, values).execute());
    }

    /**
     * Runs the statements of a text as {@link #execute} does, but they may give rows.
     *
     * @return the rows of the last one; none if it gives none by nature
     * @throws DatabaseException if a statement fails, or the number of values is wrong
     */
    public Rows query(String sql, List<Object> values) throws DatabaseException, InterruptedException {
        return inTurn(() -> new Script(connection, sql, values).query(limits));
    }

    private <T> T inTurn(Callable<T> work) throws DatabaseException, InterruptedException {
        Run run = new Run(limits.time());
        Future<T> result = begin(run, work);
        try {
            return result.get();
        } catch (InterruptedException e) {
            run.stop();
            throw e;
        } catch (ExecutionException e) {
            if (run.isLate()) {
                throw new LimitExceededException("time limit exceeded", e.getCause());
            }
            switch (e.getCause()) {
                case TooManyRowsException failure -> throw new LimitExceededException(failure.getMessage(), failure);
                case SQLException failure -> throw DatabaseException.of(failure);
                default -> throw unexpected(e);
            }
        }
    }

    /** Waits for its turn and begins; the turn is over when the work is, also if nobody waits for it any more. */
    private <T> Future<T> begin(Run run, Callable<T> work) throws InterruptedException {
        turn.acquire();
        boolean begun = false;
        try {
            Future<T> result = Workers.submit(() -> {
                watch.begin(run);
                try {
                    return work.call();
                } finally {
                    watch.end();
                    turn.release();
                    // a script may have forgotten the database already; its connection is needed until here
                    Reference.reachabilityFence(this);
                }
            });
            begun = true;
            return result;
        } finally {
            if (!begun) {
                turn.release();
            }
        }
    }

    private static RuntimeException unexpected(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException thrown -> thrown;
            case Error thrown -> throw thrown;
            default -> new IllegalStateException(e.getCause());
        };
    }

    /** Closes the connection; a transaction that is open is rolled back. Later calls fail. */
    @Override
    public void close() {
        cleanable.clean();
    }
}
