/** Figures in the formats of Prometheus. On the class path, and loaded only when somebody asks for them. */
package dev.tinysse.metrics;
