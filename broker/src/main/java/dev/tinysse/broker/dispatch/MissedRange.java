package dev.tinysse.broker.dispatch;

import dev.tinysse.broker.log.LogGap;

/**
 * Messages that do not come, of which some may be lost.
 *
 * @param gap where they are in the log, or were
 */
public record MissedRange(LogGap gap) implements FanOutEvent {}
