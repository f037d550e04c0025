/** A load on a server, and what becomes of it: how long messages take to each of many streams, and which are lost. */
package dev.tinysse.client.bench;
