/** Requests after their response, as values for metrics, the access log and traces. */
package dev.tinysse.server.requests;
