/** Whether event loops turn, for a watchdog. */
@NullMarked
package dev.tinysse.broker.progress;

import org.jspecify.annotations.NullMarked;
