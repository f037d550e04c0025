/** A stream as its owner sees it: how it behaves, its frames, and the listener that is notified of its end. */
@NullMarked
package dev.tinysse.broker.stream;

import org.jspecify.annotations.NullMarked;
