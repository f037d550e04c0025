package dev.tinysse.broker.dispatch;

/** An event for a fan-out thread, in the order in which it happened, for all channels: messages, gaps in the log, and streams that
 * join. */
public interface FanOutEvent {}
