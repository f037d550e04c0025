package dev.tinysse.luahooks.sqlite;

import java.util.List;

/**
 * The result of a query.
 *
 * @param columns the names of the columns; a name may be there more than once
 * @param values  the rows, each with a value per column: a {@link Long}, a {@link Double}, a {@code byte[]} for a text or
 *                blob, or null
 */
public record Rows(List<String> columns, List<Object[]> values) {

    static final Rows NONE = new Rows(List.of(), List.of());
}
