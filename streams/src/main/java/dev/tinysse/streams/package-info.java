/** Durable streams (<a href="https://github.com/durable-streams/durable-streams">Durable Streams 1.0</a>). */
package dev.tinysse.streams;
