package dev.tinysse.broker.admin;

/**
 * The wish of an operator that streams end.
 *
 * @param filter which of them
 * @param retry whether their clients receive a reconnection delay
 */
public record StreamEnd(StreamFilter filter, boolean retry) {}
