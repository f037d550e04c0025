/** Limits on repeated lines of the log. */
package dev.tinysse.broker.logging;
