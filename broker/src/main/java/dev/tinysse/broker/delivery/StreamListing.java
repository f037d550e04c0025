package dev.tinysse.broker.delivery;

import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamFilter;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamInfo;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.nodes.OpenSubscription;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** The streams of one fan-out thread as operators see them. That thread alone calls it. */
public final class StreamListing {
    private final StreamTable table;
    private final MessageSource source;
    private final GracefulEnds ends;
    private final BrokerParts parts;

    StreamListing(StreamTable table, MessageSource source, GracefulEnds ends, BrokerParts parts) {
        this.table = table;
        this.source = source;
        this.ends = ends;
        this.parts = parts;
    }

    /** The next streams in the order of their ids, for hooks. */
    public List<OpenSubscription> subscriptions(Optional<StreamId> after, int limit, Node node) {
        return table.stream().filter(stream -> stream.joined && isBehind(after, node.id(stream.number)))
                .sorted(Comparator.comparingLong(stream -> stream.number)).limit(limit)
                .map(stream -> new OpenSubscription(node.id(stream.number), stream.subscription)).toList();
    }

    /** A page of the streams. */
    public StreamPage page(StreamQuery query, Node node) {
        // the first ones of the page, the last of them in front
        PriorityQueue<Stream> first = new PriorityQueue<>(Comparator.<Stream>comparingLong(stream -> stream.number)
                .reversed());
        boolean more = false;
        for (int i = 0; i < table.size(); i++) {
            Stream stream = table.get(i);
            if (!isBehind(query.after(), node.id(stream.number)) || !matches(query.filter(), stream, node)) {
                continue;
            }
            if (first.size() == query.limit()) {
                more = true;
                if (first.peek().number < stream.number) {
                    continue;
                }
                first.poll();
            }
            first.add(stream);
        }
        source.settle();
        List<StreamInfo> streams = first.stream().sorted(Comparator.comparingLong(stream -> stream.number))
                .map(stream -> info(stream, node)).toList();
        return new StreamPage(streams, more ? Optional.of(streams.getLast().id()) : Optional.empty());
    }

    /** Ends streams. How many. */
    public int end(StreamEnd which, Node node) {
        List<Stream> matching = table.stream().filter(stream -> matches(which.filter(), stream, node)).toList();
        for (Stream stream : matching) {
            if (which.retry()) {
                ends.disconnect(stream, parts.config().timeoutRetry().nextMillis());
            } else {
                ends.disconnect(stream);
            }
        }
        return matching.size();
    }

    /** How many streams of each user get the messages of a channel. */
    public Map<String, Integer> present(String channel) {
        Map<String, Integer> present = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            Stream stream = table.get(i);
            if (stream.joined && stream.interest.channels.contains(channel)) {
                stream.subscription.user().ifPresent(user -> present.merge(user, 1, Integer::sum));
            }
        }
        return present;
    }

    private static boolean isBehind(Optional<StreamId> after, StreamId id) {
        return after.isEmpty() || after.get().compareTo(id) < 0;
    }

    private static boolean matches(StreamFilter filter, Stream stream, Node node) {
        return stream.joined
                && filter.matches(node.id(stream.number), stream.interest.channels, stream.subscription);
    }

    private StreamInfo info(Stream stream, Node node) {
        return new StreamInfo(node.id(stream.number), stream.client(),
                List.copyOf(stream.subscription.channels()), node.millis(stream.opened), stream.messages, stream.bytes,
                source.untaken(stream), stream.lost(), stream.subscription.user(), node.name());
    }

    /**
     * This server among others.
     *
     * @param run a part of the ids of its streams
     * @param name how it is called
     * @param startNanos a time of the broker's clock
     * @param startMillis the same time in milliseconds since 1970
     */
    public record Node(long run, String name, long startNanos, long startMillis) {
        private static final long NANOS = 1_000_000;

        StreamId id(long number) {
            return new StreamId(run, number);
        }

        long millis(long nanos) {
            return startMillis + (nanos - startNanos) / NANOS;
        }
    }
}
