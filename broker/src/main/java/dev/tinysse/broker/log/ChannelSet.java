package dev.tinysse.broker.log;

import dev.tinysse.api.ChannelName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The channels that a stream asks for, by names and patterns. Two with the same names and patterns are equal. Immutable. */
public final class ChannelSet {
    /** The channel of requests that name none. */
    public static final ChannelSet DEFAULT = of(Set.of(ChannelName.DEFAULT));

    private final Set<String> texts;
    private final Set<String> names;
    private final List<ChannelPattern> patterns;

    private ChannelSet(Set<String> texts) {
        this.texts = texts;
        this.names = Set.copyOf(texts.stream().filter(ChannelName::isName).toList());
        this.patterns = texts.stream().filter(text -> !ChannelName.isName(text)).map(ChannelPattern::new).toList();
    }

    /**
     * Channels by names and patterns.
     *
     * @param texts in any order; equal ones count once
     * @return the set
     * @throws IllegalArgumentException if one is neither a name nor a pattern
     */
    public static ChannelSet of(Collection<String> texts) {
        texts.forEach(ChannelName::requireNameOrPattern);
        return new ChannelSet(Collections.unmodifiableSet(new TreeSet<>(texts)));
    }

    /**
     * Whether these channels include one.
     *
     * @param channel its name
     * @return whether a name is equal or a pattern matches
     */
    public boolean contains(String channel) {
        if (names.contains(channel)) {
            return true;
        }
        for (ChannelPattern pattern : patterns) {
            if (pattern.matches(channel)) {
                return true;
            }
        }
        return false;
    }

    /** {@return names and patterns, sorted, unmodifiable} */
    public Set<String> texts() {
        return texts;
    }

    /** {@return the names, unmodifiable, in no particular order} */
    public Set<String> names() {
        return names;
    }

    /** {@return the patterns, unmodifiable} */
    public List<ChannelPattern> patterns() {
        return patterns;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelSet that && texts.equals(that.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    @Override
    public String toString() {
        return String.join(",", texts);
    }
}
