/** What the broker counts: what is under way, what was lost, what each fan-out thread has done. */
package dev.tinysse.broker.counters;
