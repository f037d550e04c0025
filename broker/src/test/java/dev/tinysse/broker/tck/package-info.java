/** What every event log keeps to, in memory, on disk or elsewhere: {@link dev.tinysse.broker.tck.EventLogContract}. */
package dev.tinysse.broker.tck;
