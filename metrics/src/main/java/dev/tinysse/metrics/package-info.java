/** Metrics in the formats of Prometheus. On the class path, and loaded at the first request for them. */
package dev.tinysse.metrics;
