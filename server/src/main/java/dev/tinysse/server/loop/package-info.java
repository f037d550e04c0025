/**
 * Threads that do the same thing again and again for as long as the server runs.
 */
package dev.tinysse.server.loop;
