/** Metrics of a running server, as values, and the interface that writes them for a collector. */
@NullMarked
package dev.tinysse.broker.figures;

import org.jspecify.annotations.NullMarked;
