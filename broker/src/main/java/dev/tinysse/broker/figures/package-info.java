/** Figures of a running server, as values, and what writes them down for who collects them. */
package dev.tinysse.broker.figures;
