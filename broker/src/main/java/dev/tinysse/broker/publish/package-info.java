/** The path of a publish request from the hook to the log: {@link dev.tinysse.broker.publish.Publisher}. */
@NullMarked
package dev.tinysse.broker.publish;

import org.jspecify.annotations.NullMarked;
