/** Spans by OpenTelemetry, sent with OTLP over HTTP. On the class path, and loaded only when an endpoint is set. */
package dev.tinysse.tracing;
