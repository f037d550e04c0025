/** Whether event loops turn, for a watchdog, and tasks that are in flight. */
package dev.tinysse.broker.progress;
