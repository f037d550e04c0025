/**
 * Connections: channels below, Helidon's HTTP/1.1 above, and between them deadlines, strict framing, and the way by which a
 * channel leaves HTTP for the broker and returns.
 */
package dev.tinysse.server.transport;
