/** The streams of several nodes: what is counted, listed and ended on all of them. */
@NullMarked
package dev.tinysse.broker.nodes;

import org.jspecify.annotations.NullMarked;
