package dev.tinysse.server.transport;

import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.tls.Certificates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where to listen, whom to believe, and how long to wait for clients. A duration of zero is no limit.
 *
 * @param endpoints where to listen, at least one
 * @param certificates for those of them that speak TLS; empty only if none does
 * @param trustedProxies proxies that are trusted to report the address of a client
 * @param headTimeout from a request's first byte, or a connection's start, to the end of its head; the time for a handshake, too
 * @param bodyTimeout from the end of the request head to the end of its body
 * @param idleTimeout from the end of a request to the first byte of the next on the same connection
 * @param writeTimeout time after which a client that accepts no data of a response is disconnected
 * @param maxBodySize bytes of the largest body that is read
 * @param maxLineBytes bytes of the longest request line that is read
 */
public record TransportConfig(List<Endpoint> endpoints, Optional<Certificates> certificates,
        TrustedProxies trustedProxies, Duration headTimeout, Duration bodyTimeout, Duration idleTimeout,
        Duration writeTimeout, long maxBodySize, int maxLineBytes) {
    /** Copies the endpoints. */
    public TransportConfig {
        endpoints = List.copyOf(endpoints);
    }
}
