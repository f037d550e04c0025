package dev.tinysse.server.http;

import dev.tinysse.api.ChannelName;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Query;
import dev.tinysse.server.routing.Requests;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.routing.Segments;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads which channels a request names: in the segment behind a path, and in the query. Immutable.
 *
 * @param path where there is no such segment; otherwise it is the last one
 */
record RequestedChannels(String path) {
    private static final int MAX_CHANNELS = 128;

    /**
     * The channels that a subscriber names.
     *
     * @return names and patterns, in order; empty if there are none
     * @throws BadRequestException if one is neither, or there are too many
     */
    Set<String> ofSubscriber(ServerRequest request, Query query) throws BadRequestException {
        Set<String> channels = new LinkedHashSet<>();
        Optional<String> segment = segment(request);
        if (segment.isPresent()) {
            channels.addAll(List.of(segment.get().split(",", -1)));
        }
        channels.addAll(query.all("channel"));
        for (String channel : channels) {
            if (!ChannelName.isNameOrPattern(channel)) {
                throw new BadRequestException("channel must be a name or pattern: channel=" + Responses.shown(channel));
            }
        }
        if (channels.size() > MAX_CHANNELS) {
            throw new BadRequestException(
                    "at most %d channels are allowed: channels=%d".formatted(MAX_CHANNELS, channels.size()));
        }
        return channels;
    }

    /**
     * The channel of a request that is about one.
     *
     * @param channels those that it names
     * @return the name
     * @throws BadRequestException if there are several, or it is a pattern
     */
    static String theOne(Set<String> channels) throws BadRequestException {
        if (channels.size() != 1) {
            throw new BadRequestException(
                    "one channel is expected: channel=" + Responses.shown(String.join(",", channels)));
        }
        String channel = channels.iterator().next();
        requireName(channel);
        return channel;
    }

    /**
     * The channel that a publisher names outside the body.
     *
     * @return its name, if there is one
     * @throws BadRequestException if it is none, or there are two
     */
    Optional<String> ofPublisher(ServerRequest request) throws BadRequestException {
        Optional<String> channel = segment(request);
        if (channel.isPresent()) {
            requireName(channel.get());
        }
        for (String other : Query.of(request).all("channel")) {
            channel = Optional.of(same(channel, other));
        }
        return channel;
    }

    /**
     * The one channel that is named in several places.
     *
     * @param named elsewhere
     * @param other named here
     * @throws BadRequestException if the two differ, or this one is no name
     */
    static String same(Optional<String> named, String other) throws BadRequestException {
        requireName(other);
        if (named.isPresent() && !named.get().equals(other)) {
            throw new BadRequestException(
                    "one channel is expected, and there are two: channel=%s channel=%s".formatted(named.get(), other));
        }
        return other;
    }

    private static void requireName(String channel) throws BadRequestException {
        if (!ChannelName.isName(channel)) {
            throw new BadRequestException("channel must be a name%s: channel=%s"
                    .formatted(ChannelName.isNameOrPattern(channel) ? ", and no pattern" : "",
                            Responses.shown(channel)));
        }
    }

    private Optional<String> segment(ServerRequest request) throws BadRequestException {
        String whole = Requests.path(request);
        if (whole.equals(path)) {
            return Optional.empty();
        }
        return Optional.of(Segments.decoded(whole.substring(whole.lastIndexOf('/') + 1), "channel="));
    }
}
