/** What is counted of requests, for operators; and what all figures of the server are put together of. */
package dev.tinysse.server.figures;
