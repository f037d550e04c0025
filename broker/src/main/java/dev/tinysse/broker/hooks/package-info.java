/** The calls of hooks: which are made, how their failures are handled, and what has to wait for them. */
@NullMarked
package dev.tinysse.broker.hooks;

import org.jspecify.annotations.NullMarked;
