/** Requests that are refused before a handler sees them, for who counts or logs requests. */
package dev.tinysse.server.refusal;
