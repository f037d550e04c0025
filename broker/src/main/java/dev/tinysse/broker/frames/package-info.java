/** The bytes that wait for a client that does not take them, and what they are. */
package dev.tinysse.broker.frames;
