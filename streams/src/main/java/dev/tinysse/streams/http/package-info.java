/** The HTTP operations of durable streams. */
package dev.tinysse.streams.http;
