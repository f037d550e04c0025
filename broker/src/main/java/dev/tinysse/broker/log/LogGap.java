package dev.tinysse.broker.log;

import java.util.Optional;

/**
 * Records that a log does not hand on, since it has lost the sight of them. Those that it keeps can be read.
 *
 * @param after they are behind this position
 * @param upTo and up to this one
 * @param epoch that the log has from there on, if it is a new one, since what the log keeps may not be complete
 */
public record LogGap(long after, long upTo, Optional<String> epoch) {}
