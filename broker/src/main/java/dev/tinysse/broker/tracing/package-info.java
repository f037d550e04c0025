/** Spans of publishes and hooks, for who traces requests over several programs. */
@NullMarked
package dev.tinysse.broker.tracing;

import org.jspecify.annotations.NullMarked;
