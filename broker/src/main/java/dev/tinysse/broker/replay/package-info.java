/** Replays: where in the log a stream begins, and the pages that it reads. */
@NullMarked
package dev.tinysse.broker.replay;

import org.jspecify.annotations.NullMarked;
