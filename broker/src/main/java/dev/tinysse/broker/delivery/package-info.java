/** The fan-out threads and their streams: rings, writes, deadlines, and the {@code message} hook before each delivery. */
@NullMarked
package dev.tinysse.broker.delivery;

import org.jspecify.annotations.NullMarked;
