/** Subscribing: a stream that reconnects, and the delivery of its events. */
package dev.tinysse.client.sub;
