package dev.tinysse.server.admin;

import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.sockets.Authority;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.tls.Certificates;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where operators are listened to, and who is one.
 *
 * @param endpoints where to listen, at least one
 * @param certificates for those of them that speak TLS; empty only if none does
 * @param trustedProxies proxies that are trusted to report the address of a client
 * @param token that operators have to send; empty when they need none; secret
 * @param hosts names of the listener beside its own and those of loopback; with a port, the one by which browsers reach it
 * @param channels whether there are other channels than the default one
 * @param maxBodySize bytes of the largest body that is read
 */
public record AdminConfig(List<Endpoint> endpoints, Optional<Certificates> certificates, TrustedProxies trustedProxies,
        Optional<String> token, Set<Authority> hosts, boolean channels, int maxBodySize) {
    /** Copies the lists. */
    public AdminConfig {
        endpoints = List.copyOf(endpoints);
        hosts = Set.copyOf(hosts);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AdminConfig[endpoints=%s, token=%s, hosts=%s]".formatted(endpoints, token.isPresent(), hosts);
    }
}
