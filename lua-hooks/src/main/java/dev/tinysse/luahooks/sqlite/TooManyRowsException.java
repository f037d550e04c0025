package dev.tinysse.luahooks.sqlite;

import java.sql.SQLException;

/** The rows of a result take more memory than they may. */
final class TooManyRowsException extends SQLException {

    private static final long serialVersionUID = 1L;

    TooManyRowsException() {
        super("not enough memory");
    }
}
