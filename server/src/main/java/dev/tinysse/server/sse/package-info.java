/**
 * Event streams: the bytes of an event, and the sink by which a request becomes a stream of the broker.
 */
package dev.tinysse.server.sse;
