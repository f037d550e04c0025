package dev.tinysse.cluster.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import redis.clients.jedis.HostAndPort;

/**
 * Connects to Redis, reconnects when the connection is lost, and sends a heartbeat every second: a node that hears nothing
 * drops its connections and looks for the master again. Run by one thread.
 */
final class Connector implements Runnable {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int BEAT_MILLIS = 500;
    /** Beats from one question to the sentinels to the next. */
    private static final int SENTINEL_BEATS = 6;
    private static final int CHECK_BEATS = 20;
    private static final int MIN_PAUSE = 100;
    private static final int MAX_PAUSE = 5000;
    /** Within a Redis Cluster, for one attempt. */
    private static final int MAX_REDIRECTIONS = 5;

    private final ClusterConfig config;
    private final Engine engine;
    private final Link link;
    private final NodeState state;
    private final Keys keys;
    private final Nodes nodes;
    private final EngineTimings timings;
    private final Replicas replicas;
    /** Empty where sentinels tell. */
    private final Optional<EngineHosts> hosts;
    private int redirections;
    private int failures;
    private String eviction = "";

    Connector(ClusterConfig config, Link link, NodeState state, Keys keys, Nodes nodes, EngineTimings timings,
            Replicas replicas) {
        this.config = config;
        this.engine = new Engine(config.address(), config.callTimeout());
        hosts = config.address().master().isPresent()
                ? Optional.empty()
                : Optional.of(new EngineHosts(config.address().hosts().getFirst()));
        this.link = link;
        this.state = state;
        this.keys = keys;
        this.nodes = nodes;
        this.timings = timings;
        this.replicas = replicas;
    }

    @Override
    public void run() {
        while (!link.isClosed()) {
            try {
                redirections = 0;
                connect();
            } catch (EngineException e) {
                link.failed(e);
                nodes.unheard();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "connection attempt to the backend failed, retrying: " + e, e);
            }
            pause();
        }
    }

    private void connect() throws EngineException {
        HostAndPort host = hosts.isEmpty() ? engine.master() : hosts.get().next();
        try (Session session = new Session(engine, host)) {
            Engine.Condition condition = engine.check(session.appending());
            hello(session, condition.run());
            tell(session, true);
            failures = 0;
            link.connected(session, condition.version());
            beat(session);
            link.ended(session);
        } catch (EngineException e) {
            hosts.ifPresent(all -> all.failed(host));
            Optional<HostAndPort> other = e.movedTo();
            if (other.isPresent() && redirections++ < MAX_REDIRECTIONS) {
                hosts.ifPresent(all -> all.moved(elsewhere(other.get(), host)));
                connect();
            } else {
                throw e;
            }
        }
    }

    /** A host that is not named is the one that was asked. */
    private static HostAndPort elsewhere(HostAndPort to, HostAndPort asked) {
        return EngineHosts.of(to.getHost().isEmpty() ? asked.getHost() : to.getHost(), to.getPort());
    }

    /** Checks the state of Redis, and which servers belong to a Redis Cluster, for one of them may be the master next. */
    private void look(Session session) throws EngineException {
        Engine.Condition condition = engine.check(session.beating());
        warn(condition);
        if (condition.isClustered() && hosts.isPresent()) {
            try {
                hosts.get().known(Engine.members(session.beating()));
                hosts.get().moved(session.host());
            } catch (EngineException e) {
                if (e.kind() != EngineException.Kind.REPLY && e.kind() != EngineException.Kind.LOGIN) {
                    throw e;
                }
                LOG.log(Level.DEBUG, "the members of the Redis Cluster are not known: " + e.getMessage());
            }
        }
    }

    private void hello(Session session, String run) throws EngineException {
        List<byte[]> arguments = new ArrayList<>(state.scriptArguments());
        arguments.add(StreamIds.bytes(state.followed()));
        arguments.add(StreamIds.bytes(state.acknowledged()));
        arguments.add(EngineConnection.bytes(run));
        List<?> reply = (List<?>) session.beating().run(Script.HELLO, List.of(keys.state, keys.log), arguments);
        state.doubt(EngineConnection.text(reply.get(3)));
        session.confirmed(StreamIds.position(reply.get(4)));
        told(session, reply);
    }

    private void beat(Session session) {
        try {
            for (int beat = 0; !session.isEnded(); beat++) {
                if (beat > 0) {
                    tell(session, false);
                    link.heard();
                }
                if (beat % SENTINEL_BEATS == SENTINEL_BEATS - 1) {
                    checkMaster(session);
                }
                if (beat % CHECK_BEATS == 0) {
                    look(session);
                }
                session.awaitEnd(BEAT_MILLIS);
            }
        } catch (EngineException e) {
            session.end(e);
        } catch (InterruptedException e) {
            session.end("stopped");
        }
    }

    /** Reports this node and its state. A server without memory for that is still connected. */
    private void tell(Session session, boolean first) throws EngineException {
        try {
            nodes.store(session.beating(), first);
            List<byte[]> arguments = new ArrayList<>(state.scriptArguments());
            arguments.add(StreamIds.bytes(state.followed()));
            arguments.addAll(nodes.arguments());
            arguments.add(StreamIds.bytes(replicas.areNeeded() ? state.followed() : 0));
            long since = System.nanoTime();
            List<?> reply = (List<?>) session.beating().run(Script.BEAT, List.of(keys.state, keys.log, keys.nodes),
                    arguments);
            timings.beaten(since);
            told(session, reply);
            nodes.told(session.beating(), reply.subList(3, reply.size()));
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.FULL) {
                throw e;
            }
        }
    }

    private void told(Session session, List<?> reply) {
        state.time(Long.parseLong(EngineConnection.text(reply.get(0))));
        state.epochs(EngineConnection.text(reply.get(2)));
        session.latest(StreamIds.position(reply.get(1)));
    }

    /** A master that is one no more may still answer. */
    private void checkMaster(Session session) {
        if (config.address().master().isEmpty()) {
            return;
        }
        try {
            HostAndPort now = engine.master();
            if (!now.equals(session.host())) {
                session.end("the master is " + now + " now, and was " + session.host());
            }
        } catch (EngineException e) {
            LOG.log(Level.DEBUG, "no sentinel responds: " + e.getMessage());
        }
    }

    private void warn(Engine.Condition condition) {
        if (condition.mayEvict() && !condition.eviction().equals(eviction)) {
            LOG.log(Level.WARNING,
                    "backend may evict messages: maxmemory-policy=%s; set it to noeviction"
                            .formatted(condition.eviction()));
        }
        eviction = condition.eviction();
    }

    /** With back-off, and not at the moment at which all others do. */
    private void pause() {
        int max = Math.min(MAX_PAUSE, MIN_PAUSE << Math.min(failures, 10));
        failures++;
        try {
            Thread.sleep(Math.max(MIN_PAUSE, ThreadLocalRandom.current().nextInt(max / 2, max + 1)));
        } catch (InterruptedException e) {
            // closed, or goes on at once
        }
    }
}
