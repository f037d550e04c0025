/**
 * The broker: it gives messages their order, and delivers them to subscribers.
 *
 * <p>{@link dev.tinysse.broker.Broker} is the way in. The event log commits a message, the dispatcher gives it to the delivery threads
 * whose subscribers want it, and each {@code Subscriber} takes it from the ring of its group, or reads it again from the log.
 */
@NullMarked
package dev.tinysse.broker;

import org.jspecify.annotations.NullMarked;
