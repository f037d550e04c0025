package dev.tinysse.broker.replay;

import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.stream.Gap;
import java.util.List;
import java.util.Optional;

/**
 * A part of a replay, encoded. Immutable.
 *
 * @param gap what to tell the client before it
 * @param known the watermark up to which the client has received gaps then
 * @param entries in order, perhaps none
 * @param through the position up to which it has everything
 * @param complete whether that is all
 */
public record ReplayPage(Optional<Gap> gap, long known, List<Entry> entries, long through, boolean complete) {}
