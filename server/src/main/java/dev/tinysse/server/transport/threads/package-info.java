/**
 * The virtual threads of connections: on event loops, or as the JDK runs them. Each of the two can be deleted without the other (see
 * docs/decisions).
 */
package dev.tinysse.server.transport.threads;
