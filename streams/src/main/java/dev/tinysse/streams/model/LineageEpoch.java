package dev.tinysse.streams.model;

/**
 * The lineages that a store has given out.
 *
 * @param run the first one that this run of the server can give
 * @param newest none is larger
 */
public record LineageEpoch(long run, long newest) {}
