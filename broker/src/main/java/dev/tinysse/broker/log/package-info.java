/**
 * The event log: where publications get their order, are stored, and are read again by streams that resume. The interface, and what
 * logs are made of; those that are not part of the broker are found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.tinysse.broker.log;

import org.jspecify.annotations.NullMarked;
