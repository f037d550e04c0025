/** Whether event loops turn, for a watchdog. */
package dev.tinysse.broker.progress;
