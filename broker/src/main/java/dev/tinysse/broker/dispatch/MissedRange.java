package dev.tinysse.broker.dispatch;

import dev.tinysse.broker.log.Hole;

/**
 * Messages that do not come, of which some may be lost.
 *
 * @param hole where they are in the log, or were
 */
public record MissedRange(Hole hole) implements FanOutEvent {}
