package dev.tinysse.streams.model;

/**
 * Where a fork has come from.
 *
 * @param request as its creator stated it
 * @param position bytes that it has in common with its source
 */
public record ForkOrigin(ForkRequest request, long position) {}
