package dev.tinysse.server.rights;

import dev.tinysse.api.ChannelName;
import dev.tinysse.broker.log.ChannelSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * To which channels somebody may publish and subscribe, and which durable streams they may use. What is not allowed by one of the names and patterns is forbidden.
 * Immutable.
 */
public final class Rights {
    /** No right at all. */
    public static final Rights NONE = new Rights(List.of(), List.of());
    private static final String PUBLISH = "publish:";
    private static final String SUBSCRIBE = "subscribe:";

    private final ChannelSet publish;
    private final ChannelSet subscribe;
    private final StreamRights streams;

    /**
     * These rights, and none for durable streams.
     *
     * @param publish names and patterns of channels to publish to
     * @param subscribe names and patterns of channels to subscribe to
     * @throws IllegalArgumentException if one is neither
     */
    public Rights(Collection<String> publish, Collection<String> subscribe) {
        this(publish, subscribe, StreamRights.NONE);
    }

    /**
     * These rights.
     *
     * @param publish names and patterns of channels to publish to
     * @param subscribe names and patterns of channels to subscribe to
     * @param streams those for durable streams
     * @throws IllegalArgumentException if a text is neither a name nor a pattern
     */
    public Rights(Collection<String> publish, Collection<String> subscribe, StreamRights streams) {
        this.streams = streams;
        this.publish = ChannelSet.of(publish);
        this.subscribe = ChannelSet.of(subscribe);
    }

    /**
     * Reads rights.
     *
     * @param texts each {@code publish:PATTERN}, {@code subscribe:PATTERN}, or {@code read:}, {@code write:} or {@code close:} and a pattern
     * @return those; nothing if one is malformed
     */
    public static Optional<Rights> parse(Collection<String> texts) {
        List<String> publish = new ArrayList<>();
        List<String> subscribe = new ArrayList<>();
        for (String text : texts) {
            if (!isRight(text)) {
                return Optional.empty();
            }
            if (text.startsWith(PUBLISH)) {
                publish.add(text.substring(PUBLISH.length()));
            } else if (text.startsWith(SUBSCRIBE)) {
                subscribe.add(text.substring(SUBSCRIBE.length()));
            }
        }
        return Optional.of(new Rights(publish, subscribe, StreamRights.of(texts)));
    }

    /**
     * Whether a text is a right.
     *
     * @param text not null
     * @return whether it is {@code publish:} or {@code subscribe:} and a name or pattern of channels, or one for durable streams
     */
    public static boolean isRight(String text) {
        return Stream.of(PUBLISH, SUBSCRIBE).anyMatch(
                kind -> text.startsWith(kind) && ChannelName.isNameOrPattern(text.substring(kind.length())))
                || StreamRights.isRight(text);
    }

    /**
     * Whether a message may be published.
     *
     * @param channel its name
     * @return whether a right names or matches it
     */
    public boolean mayPublish(String channel) {
        return publish.contains(channel);
    }

    /**
     * Whether somebody may subscribe.
     *
     * @param channel a name, or a pattern
     * @return for a pattern, whether every name that it matches is allowed
     */
    public boolean maySubscribe(String channel) {
        return ChannelName.isName(channel) ? subscribe.contains(channel) : PatternCover.covers(subscribe, channel);
    }

    /** {@return names and patterns of channels to publish to, sorted, unmodifiable} */
    public Collection<String> publish() {
        return publish.texts();
    }

    /** {@return names and patterns of channels to subscribe to, sorted, unmodifiable} */
    public Collection<String> subscribe() {
        return subscribe.texts();
    }

    /** {@return those for durable streams} */
    public StreamRights streams() {
        return streams;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rights that && publish.equals(that.publish) && subscribe.equals(that.subscribe)
                && streams.equals(that.streams);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * publish.hashCode() + subscribe.hashCode()) + streams.hashCode();
    }

    /** {@return the rights as they are written} */
    @Override
    public String toString() {
        return Stream.of(publish.texts().stream().map(PUBLISH::concat),
                subscribe.texts().stream().map(SUBSCRIBE::concat),
                streams.isEmpty() ? Stream.<String>empty() : Stream.of(streams.toString())).flatMap(texts -> texts)
                .collect(Collectors.joining(" "));
    }
}
