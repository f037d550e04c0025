package dev.tinysse.broker.log;

/**
 * Records that a log does not hand on, since it has lost the sight of them. Those that it keeps can be read.
 *
 * @param after they are behind this position
 * @param upTo and up to this one
 * @param newEpoch whether the log has a new epoch from there on, since what it keeps may not be complete
 */
public record Hole(long after, long upTo, boolean newEpoch) {}
