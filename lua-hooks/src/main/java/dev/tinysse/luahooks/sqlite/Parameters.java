package dev.tinysse.luahooks.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The values for the places in a text of statements, handed out in order: each statement takes as many as it has places. */
final class Parameters {

    private final List<Object> values;
    private int used;

    /** @param values each a {@link Long}, a {@link Double}, a {@link String}, a {@code byte[]} or null */
    Parameters(List<Object> values) {
        this.values = values;
    }

    /**
     * Gives {@code statement} its values.
     *
     * @param last whether no statement comes after it, so that no value may be left
     * @throws SQLException if there are too few or too many
     */
    void bind(PreparedStatement statement, boolean last) throws SQLException {
        int needed = used + statement.getParameterMetaData().getParameterCount();
        if (needed > values.size() || last && needed < values.size()) {
            throw new SQLException(
                    "Wrong number of parameters passed to query. Got " + values.size() + ", needed " + needed);
        }
        for (int i = 1; used < needed; i++, used++) {
            statement.setObject(i, values.get(used));
        }
    }
}
