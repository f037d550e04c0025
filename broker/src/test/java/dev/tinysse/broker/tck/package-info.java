/** The contract of every event log, in memory, on disk or elsewhere: {@link dev.tinysse.broker.tck.EventLogContract}. */
package dev.tinysse.broker.tck;
