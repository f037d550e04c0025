/**
 * The event log in files. One thread writes, and syncs what has come meanwhile in one go; reads are positional and hold nobody up; a
 * second thread keeps the files within the limits. {@code docs/decisions/history.md} says why it is made so.
 */
package dev.tinysse.history;
