/** Where durable streams are stored. */
package dev.tinysse.streams.log;
