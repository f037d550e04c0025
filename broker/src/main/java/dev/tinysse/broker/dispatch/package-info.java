/** From the log to the fan-out threads: who asks for which channels, and how far publishers may be ahead. */
package dev.tinysse.broker.dispatch;
