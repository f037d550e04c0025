package dev.tinysse.broker.dispatch;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.LogRecord;
import java.util.Map;
import java.util.Optional;

/** The messages of the stress tests. */
final class Samples {
    static final Publication PUBLICATION = Publication.of(
            new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1024, Map.of()), Message.of("x"));

    private Samples() {}

    /** {@return a record at a position, the first of its channel} */
    static LogRecord record(long position) {
        return new LogRecord(position, 0, PUBLICATION, Optional.empty());
    }
}
