package dev.tinysse.broker.replay;

import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.stream.Gap;
import java.util.Optional;

/**
 * Where a stream begins to read the log.
 *
 * @param after the position behind which it does
 * @param known the mark up to which its client knows of gaps
 * @param epoch of the log, which its client knows, or learns from the gap
 * @param gap what to tell the client first
 */
public record ReplayStart(long after, long known, String epoch, Optional<Gap> gap) {
    /** The log could not be asked. */
    public static final ReplayStart FAILED = new ReplayStart(-1, 0, EventId.NO_EPOCH, Optional.empty());
}
