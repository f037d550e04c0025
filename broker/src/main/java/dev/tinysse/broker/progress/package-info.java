/** Whether event loops turn, for a watchdog, and tasks that are in flight. */
@NullMarked
package dev.tinysse.broker.progress;

import org.jspecify.annotations.NullMarked;
