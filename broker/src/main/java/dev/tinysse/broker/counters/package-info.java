/** The counters of the broker: work in progress, losses, and the work of each fan-out thread. */
package dev.tinysse.broker.counters;
