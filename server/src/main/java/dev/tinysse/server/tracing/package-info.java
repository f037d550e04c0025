/** The spans of requests. */
package dev.tinysse.server.tracing;
