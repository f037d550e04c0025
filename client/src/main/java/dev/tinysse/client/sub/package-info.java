/** Subscribing: a stream that is asked for again and again, and what happens to its events. */
package dev.tinysse.client.sub;
