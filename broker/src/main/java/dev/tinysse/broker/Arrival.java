package dev.tinysse.broker;

/** What comes to a fan-out thread in the order in which it happened, for all channels: messages, and streams that join. */
sealed interface Arrival permits QueuedEntry, Stream {}
