/**
 * The event log: where publications get their order, are kept, and are read again by those who come back. The interface, and what
 * logs are made of; those that are not part of the broker are found by {@link java.util.ServiceLoader}.
 */
package dev.tinysse.broker.log;
