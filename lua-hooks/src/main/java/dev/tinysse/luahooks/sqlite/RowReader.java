package dev.tinysse.luahooks.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads all rows of a result, as long as they fit into a number of bytes. */
final class RowReader {

    private static final int ROW_BYTES = 64;
    private static final int VALUE_BYTES = 32;
    /** After so many bytes the heap is asked whether it has room for as many more. */
    private static final long STEP = 1 << 20;

    private final ResultSet results;
    private final List<String> columns = new ArrayList<>();
    private final DatabaseLimits limits;
    private final boolean limited;
    private long room;
    private long unasked = STEP;

    /** @param limits of the rows */
    RowReader(ResultSet results, DatabaseLimits limits) throws SQLException {
        this.results = results;
        this.limits = limits;
        long memory = limits.memory();
        this.limited = memory != 0;
        this.room = limited ? memory : Long.MAX_VALUE;
        ResultSetMetaData description = results.getMetaData();
        for (int i = 1, n = description.getColumnCount(); i <= n; i++) {
            columns.add(description.getColumnLabel(i));
        }
    }

    Rows read() throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        while (results.next()) {
            take(ROW_BYTES);
            Object[] row = new Object[columns.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = value(i + 1);
            }
            rows.add(row);
        }
        return new Rows(columns, rows);
    }

    private Object value(int column) throws SQLException {
        take(VALUE_BYTES);
        Object value = results.getObject(column);
        return switch (value) {
            case Integer number -> number.longValue();
            case String text -> taken(bytes(column, text));
            case byte[] blob -> taken(blob);
            case null, default -> value;
        };
    }

    /** The bytes of a text; one that is not UTF-8 has replacement characters in it, and is read as bytes. */
    private byte[] bytes(int column, String text) throws SQLException {
        return text.indexOf('\uFFFD') < 0 ? text.getBytes(StandardCharsets.UTF_8) : results.getBytes(column);
    }

    private byte[] taken(byte[] bytes) throws TooManyRowsException {
        take(bytes.length);
        return bytes;
    }

    private void take(int bytes) throws TooManyRowsException {
        room -= bytes;
        unasked -= bytes;
        if (room < 0 || limited && unasked < 0 && !limits.hasRoom(STEP)) {
            throw new TooManyRowsException();
        }
        unasked = unasked < 0 ? STEP : unasked;
    }
}
