/** Metrics of a running server, as values, and the interface that writes them for a collector. */
package dev.tinysse.broker.figures;
