/** The requests and results of the admin API on streams and channels, as values that nodes can send to each other. */
@NullMarked
package dev.tinysse.broker.admin;

import org.jspecify.annotations.NullMarked;
