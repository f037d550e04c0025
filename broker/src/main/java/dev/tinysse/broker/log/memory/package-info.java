/** The event log in memory: the order of publications, and the newest of each channel. */
@NullMarked
package dev.tinysse.broker.log.memory;

import org.jspecify.annotations.NullMarked;
