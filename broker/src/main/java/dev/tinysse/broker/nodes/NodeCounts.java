package dev.tinysse.broker.nodes;

import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.ByteSource;
import dev.tinysse.broker.log.ChannelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The streams of one node, counted by what they ask for, and the users that are on it. Immutable. */
final class NodeCounts {
    /** Streams on nothing. */
    static final NodeCounts NONE = new NodeCounts(Map.of(), Map.of());

    private final Map<String, Integer> named = new HashMap<>();
    private final Map<ChannelSet, Integer> matching = new HashMap<>();
    private final Map<User, Integer> users;
    private final int streams;

    /**
     * A user on a channel.
     *
     * @param channel its name
     * @param sub the user
     */
    record User(String channel, String sub) {}

    NodeCounts(Map<ChannelSet, Integer> interests, Map<User, Integer> users) {
        this.users = Map.copyOf(users);
        interests.forEach((channels, count) -> {
            if (channels.patterns().isEmpty()) {
                channels.names().forEach(name -> named.merge(name, count, Integer::sum));
            } else {
                matching.put(channels, count);
            }
        });
        streams = interests.values().stream().mapToInt(Integer::intValue).sum();
    }

    int streams() {
        return streams;
    }

    Map<User, Integer> users() {
        return users;
    }

    /** How many streams a message of a channel would be for. */
    int subscribers(String channel) {
        int all = named.getOrDefault(channel, 0);
        for (Map.Entry<ChannelSet, Integer> interest : matching.entrySet()) {
            if (interest.getKey().contains(channel)) {
                all += interest.getValue();
            }
        }
        return all;
    }

    /** The names that streams ask for. */
    List<String> names() {
        List<String> names = new ArrayList<>(named.keySet());
        matching.keySet().forEach(channels -> names.addAll(channels.names()));
        return names;
    }

    static byte[] encode(Map<ChannelSet, Integer> interests, Map<User, Integer> users) {
        ByteSink sink = new ByteSink();
        sink.putCount(interests.size());
        interests.forEach((channels, count) -> {
            sink.putCount(count);
            sink.putCount(channels.texts().size());
            channels.texts().forEach(sink::putText);
        });
        sink.putCount(users.size());
        users.forEach((user, count) -> {
            sink.putText(user.channel());
            sink.putText(user.sub());
            sink.putCount(count);
        });
        return Arrays.copyOf(sink.bytes(), sink.length());
    }

    static NodeCounts decode(byte[] state) {
        ByteSource source = new ByteSource(state, 0);
        Map<ChannelSet, Integer> interests = new HashMap<>();
        for (int left = source.getCount(); left > 0; left--) {
            int count = source.getCount();
            List<String> texts = new ArrayList<>();
            for (int more = source.getCount(); more > 0; more--) {
                texts.add(source.getText());
            }
            interests.put(ChannelSet.of(texts), count);
        }
        Map<User, Integer> users = new TreeMap<>(
                java.util.Comparator.comparing(User::channel).thenComparing(User::sub));
        for (int left = source.getCount(); left > 0; left--) {
            users.put(new User(source.getText(), source.getText()), source.getCount());
        }
        return new NodeCounts(interests, users);
    }
}
