package dev.tinysse.cluster.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import redis.clients.jedis.HostAndPort;

/**
 * The server of the keys of the cluster, without a sentinel: that of the address, or, in a Redis Cluster, that one or
 * any other that belongs to it. For one thread.
 */
final class EngineHosts {
    private final HostAndPort own;
    private final Deque<HostAndPort> order = new ArrayDeque<>();

    /** Knows one, which is never forgotten. */
    EngineHosts(HostAndPort own) {
        this.own = own;
        order.add(own);
    }

    /** The one to connect to. */
    HostAndPort next() {
        return order.getFirst();
    }

    /** It is of no use now: the others come first. */
    void failed(HostAndPort host) {
        if (order.remove(host)) {
            order.addLast(host);
        }
    }

    /** The keys are there. */
    void moved(HostAndPort to) {
        order.remove(to);
        order.addFirst(to);
    }

    /** These belong together, and no others. */
    void known(Collection<HostAndPort> members) {
        LinkedHashSet<HostAndPort> all = new LinkedHashSet<>(members);
        all.add(own);
        List<HostAndPort> left = new ArrayList<>(order);
        left.retainAll(all);
        all.removeAll(left);
        order.clear();
        order.addAll(left);
        order.addAll(all);
    }

    /** A host as it is written in addresses, also one of IPv6. */
    static HostAndPort of(String host, int port) {
        return new HostAndPort(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host, port);
    }
}
