/** The event log in memory: the order of publications, and the newest of each channel. */
package dev.tinysse.broker.log.memory;
