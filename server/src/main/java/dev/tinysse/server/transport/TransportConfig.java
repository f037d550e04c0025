package dev.tinysse.server.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where to listen, and how long to wait for clients. A duration of zero is no limit.
 *
 * @param address where to listen; port 0 lets the system choose
 * @param headTimeout from a request's first byte, or a connection's start, to the end of its head
 * @param bodyTimeout from the end of a request's head to the end of its body
 * @param idleTimeout from the end of a request to the first byte of the next on the same connection
 * @param writeTimeout how long a client may take no byte of a response
 * @param maxBodySize bytes of the largest body that is read
 * @param maxLineBytes bytes of the longest request line that is read
 */
public record TransportConfig(InetSocketAddress address, Duration headTimeout, Duration bodyTimeout,
        Duration idleTimeout,
        Duration writeTimeout, long maxBodySize, int maxLineBytes) {}
