/** The messages of streams of JSON: validated without a tree, stored as they were sent, with a comma behind each. */
package dev.tinysse.streams.json;
