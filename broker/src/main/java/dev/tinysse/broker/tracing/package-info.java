/** Spans of publishes and hooks, for who traces requests over several programs. */
package dev.tinysse.broker.tracing;
