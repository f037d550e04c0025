/** The metrics of requests, and the collection of all metrics of the server. */
package dev.tinysse.server.figures;
