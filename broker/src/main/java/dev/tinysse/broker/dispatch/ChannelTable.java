package dev.tinysse.broker.dispatch;

import dev.tinysse.broker.log.ChannelSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The channels that streams ask for, and what they ask for. Only to be used under the lock of the {@link Dispatcher}.
 *
 * <p>Patterns are matched when a channel comes into being and when somebody asks with a new set of channels, not for each message.
 */
final class ChannelTable {
    private final int capacity;
    private final int workers;
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<ChannelSet, Interest> interests = new HashMap<>();
    /** Those of streams that receive joins and leaves. */
    private final Map<ChannelSet, Interest> withPresence = new HashMap<>();
    private final List<Interest> withPatterns = new ArrayList<>();

    ChannelTable(int capacity, int workers) {
        this.capacity = capacity;
        this.workers = workers;
    }

    /** The channel of this name, or null. */
    @Nullable
    Channel get(String name) {
        return channels.get(name);
    }

    /** How many channels take memory. */
    int size() {
        return channels.size();
    }

    /** Messages not yet delivered to every stream, in all channels. */
    long queued() {
        return channels.values().stream().mapToLong(Channel::queued).sum();
    }

    /** Whether some stream asks by a pattern. */
    boolean arePatternsWanted() {
        return !withPatterns.isEmpty();
    }

    /** Whether some stream receives joins and leaves. */
    boolean isPresenceWanted() {
        return !withPresence.isEmpty();
    }

    /** How many streams a message of a channel would be for. */
    int subscribers(String name) {
        Channel channel = channels.get(name);
        if (channel != null) {
            return channel.subscribers();
        }
        return withPatterns.stream().filter(interest -> interest.channels.contains(name))
                .mapToInt(Interest::streams).sum();
    }

    /** The subscriptions of the streams, with the number of streams of each. */
    Map<ChannelSet, Integer> interests() {
        Map<ChannelSet, Integer> all = new HashMap<>();
        interests.forEach((asked, interest) -> all.merge(asked, interest.streams(), Integer::sum));
        withPresence.forEach((asked, interest) -> all.merge(asked, interest.streams(), Integer::sum));
        return all;
    }

    /** The channels that streams name, and how many streams ask for each, by name. */
    Map<String, Integer> named(Predicate<String> wanted) {
        Map<String, Integer> named = new TreeMap<>();
        channels.values().stream().filter(channel -> wanted.test(channel.name) && channel.isNamed())
                .forEach(channel -> named.put(channel.name, channel.subscribers()));
        return named;
    }

    /** The counts of each channel, by name. */
    Map<String, ChannelCounts> counts(Predicate<String> wanted) {
        Map<String, ChannelCounts> counts = new TreeMap<>();
        channels.values().stream().filter(channel -> wanted.test(channel.name))
                .forEach(channel -> counts.put(channel.name, channel.counts()));
        return counts;
    }

    /** The interest in these channels, which is there from now on. */
    Interest interest(ChannelSet asked, boolean presence) {
        Interest interest = (presence ? withPresence : interests).get(asked);
        return interest == null ? add(asked, presence) : interest;
    }

    private Interest add(ChannelSet asked, boolean presence) {
        Interest interest = new Interest(asked, presence, workers);
        for (String name : asked.names()) {
            Channel channel = channels.computeIfAbsent(name, this::newChannel);
            if (asked.patterns().isEmpty()) {
                channel.add(interest);
            }
        }
        if (!asked.patterns().isEmpty()) {
            channels.values().stream().filter(channel -> asked.contains(channel.name))
                    .forEach(channel -> channel.add(interest));
            withPatterns.add(interest);
        }
        (presence ? withPresence : interests).put(asked, interest);
        return interest;
    }

    /** Removes an interest that no stream has. Whether a channel is left that is only matched. */
    boolean remove(Interest interest) {
        (interest.presence ? withPresence : interests).remove(interest.channels);
        if (!interest.channels.patterns().isEmpty()) {
            withPatterns.remove(interest);
        }
        boolean onlyMatched = false;
        for (Channel channel : channels(interest.channels)) {
            onlyMatched |= remove(interest, channel);
        }
        return onlyMatched;
    }

    /** The channels with one of these names, or matched by a pattern. */
    private List<Channel> channels(ChannelSet asked) {
        return asked.patterns().isEmpty()
                ? asked.names().stream().flatMap(name -> Stream.ofNullable(channels.get(name))).toList()
                : channels.values().stream().filter(channel -> asked.contains(channel.name)).toList();
    }

    private boolean remove(Interest interest, Channel channel) {
        channel.remove(interest);
        if (channel.subscribers() == 0) {
            channels.remove(channel.name);
            return false;
        }
        return !channel.isNamed();
    }

    /** Adds a channel that nobody names, but somebody matches; null if nobody does. */
    @Nullable
    Channel matched(String name) {
        Channel channel = newChannel(name);
        if (channel.subscribers() == 0) {
            return null;
        }
        channels.put(name, channel);
        return channel;
    }

    private Channel newChannel(String name) {
        Channel channel = new Channel(name, capacity);
        for (Interest interest : withPatterns) {
            if (interest.channels.contains(name)) {
                channel.add(interest);
            }
        }
        return channel;
    }

    /** Removes channels that are only matched, and not in use. Whether there are others of that kind. */
    boolean removeIdle() {
        channels.values().removeIf(channel -> channel.isIdle() && !channel.isNamed());
        return channels.values().stream().anyMatch(channel -> !channel.isNamed());
    }
}
