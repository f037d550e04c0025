/**
 * The broker: a ring of messages, and the threads that bring them to streams.
 *
 * <p>{@link dev.tinysse.broker.Broker} is the way in. {@code Ring} holds the messages; each {@code DeliveryThread} is a thread
 * with its own {@code Streams}, which {@code StreamWriter} writes to, {@code StreamClock} times and {@code MessageStage} leads
 * through the {@code message} hook.
 */
package dev.tinysse.broker;
