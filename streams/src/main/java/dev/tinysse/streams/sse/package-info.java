/** The bytes of the events of a durable stream. */
package dev.tinysse.streams.sse;
