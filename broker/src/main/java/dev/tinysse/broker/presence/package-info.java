/** The users of each channel, on this node and on others, and the times at which users join and leave. */
package dev.tinysse.broker.presence;
