package dev.tinysse.broker.log;

import java.util.Optional;

/**
 * Records that a log does not hand on one by one. Those that are stored can be read.
 *
 * @param after they are behind this position
 * @param upTo and up to this one
 * @param epoch that the log has from there on, if it is a new one, since the history may not be complete
 */
public record LogGap(long after, long upTo, Optional<String> epoch) {}
