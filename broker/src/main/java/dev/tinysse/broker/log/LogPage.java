package dev.tinysse.broker.log;

import java.util.List;

/**
 * Some records in the order of their positions.
 *
 * @param records perhaps none
 * @param complete whether there are no more in the requested range
 */
public record LogPage(List<LogRecord> records, boolean complete) {
    /** Copies the records. */
    public LogPage {
        records = List.copyOf(records);
    }
}
