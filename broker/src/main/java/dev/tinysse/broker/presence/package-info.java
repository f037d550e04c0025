/** The users of each channel, on this node and on others, and the times at which users join and leave. */
@NullMarked
package dev.tinysse.broker.presence;

import org.jspecify.annotations.NullMarked;
