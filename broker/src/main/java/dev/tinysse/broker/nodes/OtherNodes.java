package dev.tinysse.broker.nodes;

import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.log.Peer;
import dev.tinysse.broker.presence.Presence;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The knowledge about other nodes, and the reports to them. Safe for any thread; counts are the last reported ones. */
public final class OtherNodes implements Peer {
    private final Dispatcher dispatcher;
    private final Optional<Presence> presence;
    private final UnaryOperator<byte[]> answers;
    private final Map<String, NodeCounts> nodes = new ConcurrentHashMap<>();
    private final Map<NodeCounts.User, Integer> here = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private long told = -1;

    /**
     * Nobody is known yet.
     *
     * @param dispatcher knows the streams of this node
     * @param presence knows the users of all nodes, if that is on
     * @param answers answers the questions of others
     */
    public OtherNodes(Dispatcher dispatcher, Optional<Presence> presence, UnaryOperator<byte[]> answers) {
        this.dispatcher = dispatcher;
        this.presence = presence;
        this.answers = answers;
        presence.ifPresent(users -> users.shareWith((channel, sub, streams) -> {
            NodeCounts.User user = new NodeCounts.User(channel, sub);
            if (streams == 0) {
                here.remove(user);
            } else {
                here.put(user, streams);
            }
            changes.incrementAndGet();
        }));
    }

    @Override
    public Optional<byte[]> state() {
        long now = changes.get() + dispatcher.changes();
        if (now == told) {
            return Optional.empty();
        }
        told = now;
        return Optional.of(NodeCounts.encode(dispatcher.interests(), Map.copyOf(here)));
    }

    @Override
    public void reported(String node, byte[] state) {
        NodeCounts now = NodeCounts.decode(state);
        NodeCounts before = nodes.put(node, now);
        presence.ifPresent(users -> {
            Map<NodeCounts.User, Integer> old = before == null ? Map.of() : before.users();
            now.users().forEach((user, streams) -> {
                if (!streams.equals(old.get(user))) {
                    users.elsewhere(node, user.channel(), user.sub(), streams);
                }
            });
            old.keySet().stream().filter(user -> !now.users().containsKey(user))
                    .forEach(user -> users.elsewhere(node, user.channel(), user.sub(), 0));
        });
    }

    @Override
    public void gone(String node, Duration silence) {
        nodes.remove(node);
        presence.ifPresent(users -> users.nodeGone(node, silence));
    }

    @Override
    public byte[] respond(byte[] request) {
        return answers.apply(request);
    }

    /** How many streams of other nodes a message of a channel would be for. */
    public int subscribers(String channel) {
        int all = 0;
        for (NodeCounts node : nodes.values()) {
            all += node.subscribers(channel);
        }
        return all;
    }

    /** How many streams other nodes have. */
    public int streams() {
        return nodes.values().stream().mapToInt(NodeCounts::streams).sum();
    }

    /** Adds what other nodes have to the channels that streams of this one name. */
    public Map<String, Integer> withOthers(Map<String, Integer> named, Predicate<String> wanted) {
        Map<String, Integer> all = new TreeMap<>(named);
        nodes.values().forEach(node -> node.names().stream().filter(wanted).forEach(name -> all.putIfAbsent(name, -1)));
        all.replaceAll((name, streams) -> (streams < 0 ? dispatcher.subscribers(name) : streams) + subscribers(name));
        return all;
    }
}
