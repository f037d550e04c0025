package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.EventLogProvider;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Opens logs in Redis or Valkey: {@code redis://[user:password@]host:port[/db]}, {@code rediss://…} with TLS, and
 * {@code redis-sentinel://[user:password@]host:port,host:port/MASTER[/db]}. Of the query, {@code name} is what all keys begin with,
 * {@code node} the name of this node, {@code timeout} the milliseconds that a publication may wait, and {@code replicas} how many have
 * to confirm it.
 */
public final class RedisLogProvider implements EventLogProvider {
    /** Found by {@link java.util.ServiceLoader}. */
    public RedisLogProvider() {}

    @Override
    public Set<String> schemes() {
        return EngineAddress.SCHEMES;
    }

    @Override
    public void check(URI address) {
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("has neither a query nor a fragment");
        }
        EngineAddress.of(address);
    }

    @Override
    public EventLog open(URI address, LogConfig config) throws LogException {
        Map<String, String> options = new HashMap<>();
        if (address.getRawQuery() != null) {
            for (String option : address.getRawQuery().split("&")) {
                String[] pair = option.split("=", 2);
                options.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }
        try {
            return new RedisLog(new ClusterConfig(EngineAddress.of(address), options.getOrDefault("name", "tinysse"),
                    Duration.ofMillis(Long.parseLong(options.getOrDefault("timeout", "2000"))),
                    Integer.parseInt(options.getOrDefault("replicas", "0")), options.getOrDefault("node", "node"),
                    config));
        } catch (IllegalArgumentException e) {
            throw new LogException(LogException.Kind.FAILED, "cluster URL " + e.getMessage(), e);
        }
    }
}
