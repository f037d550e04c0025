/**
 * The log: one line per record on standard output, whatever the record contains.
 */
package dev.tinysse.server.logging;
