/** Who is on which channel, on this node and on others, and the moments at which users come and go. */
package dev.tinysse.broker.presence;
