/**
 * The event log: where publications get their order, are kept, and are read again by those who come back. The interface, what it is
 * made of, and the log in memory; other logs are found by {@link java.util.ServiceLoader}.
 */
package dev.tinysse.broker.log;
