package dev.tinysse.luahooks.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** A database operation failed. The message begins with SQLite's own text. */
public final class DatabaseException extends Exception {

    private static final long serialVersionUID = 1L;

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    static DatabaseException of(SQLException failure) {
        return new DatabaseException(text(failure), failure);
    }

    /** SQLite's own text: the driver puts it in brackets behind words about the error code. */
    static String text(SQLException failure) {
        String message = failure.getMessage();
        if (failure instanceof SQLiteException coded) {
            String prefix = coded.getResultCode() + " (";
            if (message.startsWith(prefix) && message.endsWith(")")) {
                return message.substring(prefix.length(), message.length() - 1);
            }
        }
        return message;
    }
}
