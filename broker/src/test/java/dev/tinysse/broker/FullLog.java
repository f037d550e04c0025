package dev.tinysse.broker;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.tck.EmptyLog;

/** A log without room. */
class FullLog extends EmptyLog {
    @Override
    public void append(Append append) {
        append.outcome().completeExceptionally(
                new LogException(LogException.Kind.FULL, "no disk space for history: /data"));
    }

    @Override
    public boolean hasHistory() {
        return true;
    }
}
