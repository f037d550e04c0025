/** How a log that connects several nodes lets them speak to each other. */
package dev.tinysse.broker.peers;
