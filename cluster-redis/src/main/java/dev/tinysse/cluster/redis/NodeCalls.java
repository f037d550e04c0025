package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.Peer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Protocol;

/**
 * Questions to other nodes, and their answers, in a short stream that all read. Safe for any thread; what is read comes from the one
 * that follows.
 */
final class NodeCalls {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final String MAX_ENTRIES = "1000";

    private final Nodes nodes;
    private final NodeState state;
    private final Keys keys;
    private final Sending sending;
    private final Map<String, BlockingQueue<byte[]>> asked = new ConcurrentHashMap<>();
    private volatile Optional<Peer> here = Optional.empty();

    /** Sends a command. */
    @FunctionalInterface
    interface Sending {
        void send(Protocol.Command command, Object... arguments) throws LogException;
    }

    NodeCalls(Nodes nodes, NodeState state, Keys keys, Sending sending) {
        this.nodes = nodes;
        this.state = state;
        this.keys = keys;
        this.sending = sending;
    }

    void join(Peer peer) {
        here = Optional.of(peer);
        nodes.join(peer);
    }

    /** Sends a request to all other nodes, and waits a few seconds for their responses. */
    List<byte[]> request(byte[] request) {
        Set<String> others = nodes.present();
        List<byte[]> answers = new ArrayList<>();
        if (others.isEmpty()) {
            return answers;
        }
        String call = EventId.newEpoch() + EventId.newEpoch();
        BlockingQueue<byte[]> answered = new LinkedBlockingQueue<>();
        asked.put(call, answered);
        try {
            send(call, "*", request);
            long end = System.nanoTime() + LIMIT_NANOS;
            for (int left = others.size(); left > 0; left--) {
                byte[] answer = answered.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    break;
                }
                if (answer.length > 0) {
                    answers.add(answer);
                }
            }
        } catch (LogException e) {
            LOG.log(Level.DEBUG, "requests to other nodes failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asked.remove(call);
        }
        return answers;
    }

    private void send(String call, String to, byte[] content) throws LogException {
        sending.send(Protocol.Command.XADD, keys.calls, "MAXLEN", "~", MAX_ENTRIES, "*", "f", state.instance, "t", to,
                "c",
                call, "m", content);
    }

    /** Another node, or this one, has written an entry. */
    void take(List<?> fields) {
        String from = text(fields.get(1));
        String to = text(fields.get(3));
        String call = text(fields.get(5));
        byte[] content = (byte[]) fields.get(7);
        if (to.equals(state.instance)) {
            BlockingQueue<byte[]> answered = asked.get(call);
            if (answered != null) {
                answered.add(content);
            }
        } else if (to.equals("*") && !from.equals(state.instance)) {
            here.ifPresent(peer -> Thread.ofVirtual().name("tinysse-cluster-answer")
                    .start(() -> answer(peer, from, call, content)));
        }
    }

    private void answer(Peer peer, String from, String call, byte[] request) {
        try {
            send(call, from, peer.respond(request));
        } catch (LogException | RuntimeException e) {
            LOG.log(Level.WARNING, "request of another node failed: " + e.getMessage());
        }
    }

    private static String text(Object field) {
        return new String((byte[]) field, StandardCharsets.ISO_8859_1);
    }
}
