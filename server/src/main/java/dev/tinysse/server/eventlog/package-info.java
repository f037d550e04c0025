/** The event log of a server: opened as it is configured, and swept. */
package dev.tinysse.server.eventlog;
