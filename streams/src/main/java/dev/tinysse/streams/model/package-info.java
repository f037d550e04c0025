/** Durable streams as values: what a stream is, which requests it accepts, and what its offsets mean. No I/O, no HTTP. */
package dev.tinysse.streams.model;
