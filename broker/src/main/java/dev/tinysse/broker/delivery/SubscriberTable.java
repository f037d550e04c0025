package dev.tinysse.broker.delivery;

import dev.tinysse.broker.admin.StreamFilter;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamInfo;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.nodes.OpenSubscription;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The subscribers of a delivery thread in no particular order, without empty slots. That thread alone touches it. */
final class SubscriberTable {
    private @Nullable Subscriber[] subscribers = new @Nullable Subscriber[64];
    private int size;

    int size() {
        return size;
    }

    Subscriber get(int index) {
        return subscribers[index];
    }

    private Stream<Subscriber> stream() {
        return Arrays.stream(subscribers, 0, size);
    }

    void add(Subscriber subscriber) {
        if (size == subscribers.length) {
            subscribers = Arrays.copyOf(subscribers, 2 * size);
        }
        subscriber.movedInTable(size);
        subscribers[size++] = subscriber;
    }

    /** Takes a subscriber out; the last one moves to its index. */
    void remove(Subscriber subscriber) {
        Subscriber last = subscribers[--size];
        subscribers[subscriber.tableIndex()] = last;
        last.movedInTable(subscriber.tableIndex());
        subscribers[size] = null;
    }

    // For operators and hooks

    /** Those that receive all messages, and have not ended. */
    List<Subscriber> joined() {
        return stream().filter(Subscriber::isJoined).toList();
    }

    /** The next streams in the order of their ids. */
    List<OpenSubscription> subscriptions(Optional<StreamId> after, int limit, NodeRun node) {
        return stream().filter(next -> next.isJoined() && isBehind(after, node.streamId(next.number())))
                .sorted(Comparator.comparingLong(Subscriber::number)).limit(limit)
                .map(next -> new OpenSubscription(node.streamId(next.number()), next.subscription())).toList();
    }

    /** A page of the streams. */
    StreamPage page(StreamQuery query, NodeRun node) {
        // the first ones of the page, the last of them in front
        PriorityQueue<Subscriber> first = new PriorityQueue<>(
                Comparator.comparingLong(Subscriber::number).reversed());
        boolean more = false;
        for (int i = 0; i < size; i++) {
            Subscriber next = get(i);
            if (!isBehind(query.after(), node.streamId(next.number())) || !matches(query.filter(), next, node)) {
                continue;
            }
            if (first.size() == query.limit()) {
                more = true;
                if (first.peek().number() < next.number()) {
                    continue;
                }
                first.poll();
            }
            first.add(next);
        }
        List<StreamInfo> streams = first.stream().sorted(Comparator.comparingLong(Subscriber::number))
                .map(next -> info(next, node)).toList();
        return new StreamPage(streams, more ? Optional.of(streams.getLast().id()) : Optional.empty());
    }

    /** Those that match. */
    List<Subscriber> matching(StreamFilter filter, NodeRun node) {
        return stream().filter(next -> matches(filter, next, node)).toList();
    }

    /** How many streams of each user get the messages of a channel. */
    Map<String, Integer> present(String channel) {
        Map<String, Integer> present = new HashMap<>();
        for (int i = 0; i < size; i++) {
            Subscriber next = get(i);
            if (next.isJoined() && next.interest().channels.contains(channel)) {
                next.subscription().user().ifPresent(user -> present.merge(user, 1, Integer::sum));
            }
        }
        return present;
    }

    private static boolean isBehind(Optional<StreamId> after, StreamId id) {
        return after.isEmpty() || after.get().compareTo(id) < 0;
    }

    private static boolean matches(StreamFilter filter, Subscriber subscriber, NodeRun node) {
        return subscriber.isJoined() && filter.matches(node.streamId(subscriber.number()),
                subscriber.interest().channels, subscriber.subscription());
    }

    private static StreamInfo info(Subscriber subscriber, NodeRun node) {
        return new StreamInfo(node.streamId(subscriber.number()), subscriber.client(),
                List.copyOf(subscriber.subscription().channels()), node.millis(subscriber.opened()),
                subscriber.messages(), subscriber.bytes(), subscriber.untaken(), subscriber.lost(),
                subscriber.subscription().user(), node.name());
    }
}
