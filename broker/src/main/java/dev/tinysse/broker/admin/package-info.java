/** What operators see and do of streams and channels, as values that can travel between nodes. */
package dev.tinysse.broker.admin;
