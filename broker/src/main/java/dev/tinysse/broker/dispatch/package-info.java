/** From the log to the fan-out threads: who asks for which channels, and how far publishers may be ahead. */
@NullMarked
package dev.tinysse.broker.dispatch;

import org.jspecify.annotations.NullMarked;
