/** Replays: where in the log a stream begins, and the pages that it reads. */
package dev.tinysse.broker.replay;
