/** A stream as its owner sees it: how it behaves, its frames, and the listener that is notified of its end. */
package dev.tinysse.broker.stream;
