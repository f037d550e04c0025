/** How event logs write publications as bytes. */
@NullMarked
package dev.tinysse.broker.codec;

import org.jspecify.annotations.NullMarked;
