/** The streams of several nodes: what is counted, listed and ended on all of them. */
package dev.tinysse.broker.nodes;
