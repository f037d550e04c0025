package dev.tinysse.broker.delivery;

import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.nodes.OpenSubscription;
import dev.tinysse.broker.replay.ReplayPage;
import dev.tinysse.broker.replay.ReplayStart;
import dev.tinysse.broker.stream.RetryDelay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What another thread has for a delivery thread to do: soon, in the order in which the tasks are posted. */
public sealed interface DeliveryTask {
    /** A task that concerns one subscriber: if it fails, only that subscriber is closed. */
    sealed interface OfSubscriber extends DeliveryTask {
        Subscriber subscriber();
    }

    /** The subscriber has joined: sends its first bytes. */
    record Begin(Subscriber subscriber, byte[] head) implements OfSubscriber {}

    /** Replays messages of the script, without live ones yet. */
    record Replay(Subscriber subscriber, List<byte[]> frames) implements OfSubscriber {}

    /**
     * Replays messages of the script, then sends live ones.
     *
     * @param ids those of the replay
     * @param latestCall the latest {@code publish} call of which the replay may know
     * @param seen what the client has seen last, if it may have seen messages that have been published since
     */
    record GoLive(Subscriber subscriber, List<byte[]> frames, Set<String> ids, long latestCall,
            Optional<String> seen) implements OfSubscriber {}

    /**
     * Replays messages of the log, then sends live ones.
     *
     * @param start where in the log; empty to send nothing of it
     * @param upTo the position up to which nothing comes to the group of the subscriber
     */
    record ReplayLog(Subscriber subscriber, Optional<ReplayStart> start, long upTo) implements OfSubscriber {}

    /** A page of the log has been read. */
    record Page(Subscriber subscriber, dev.tinysse.broker.delivery.Replay replay, ReplayPage page)
            implements
                OfSubscriber {}

    /** The log cannot be read. */
    record ReplayFailed(Subscriber subscriber) implements OfSubscriber {}

    /** The {@code timeout} hook has returned. */
    record TimeOut(Subscriber subscriber, long retryMillis) implements OfSubscriber {}

    /**
     * The {@code message} hook has decided messages of a batch: those from one number up to another.
     *
     * @param last whether no subscriber of the batch is left to begin with; some that wait may still follow
     * @param made how many bytes the hook has made
     */
    record Decided(MessageBatch batch, int from, int to, boolean last, long made) implements DeliveryTask {}

    /** From now on every stream ends as soon as it has all that was published before this task. */
    record Drain(RetryDelay delay) implements DeliveryTask {}

    /** Ends the streams that a drain has left: between two events, and those of slow consumers at once. */
    record EndDrain() implements DeliveryTask {}

    /** Closes the streams that are left. */
    record CloseAll() implements DeliveryTask {}

    /** The thread ends. */
    record Stop() implements DeliveryTask {}

    /** Ends the streams that match; answers how many. */
    record End(StreamEnd which, NodeRun node, CompletableFuture<Integer> answer) implements DeliveryTask {}

    /** Ends these streams, if they have not ended. */
    record Disconnect(List<Subscriber> subscribers, CompletableFuture<Integer> answer) implements DeliveryTask {}

    /** A question about the subscribers. */
    sealed interface Question<T> extends DeliveryTask {
        /** The answer, for the thread that asks. */
        CompletableFuture<T> answer();

        /** The answer of a delivery thread. */
        T of(SubscriberTable subscribers);
    }

    /** The subscribers that receive all messages. */
    record Joined(CompletableFuture<List<Subscriber>> answer) implements Question<List<Subscriber>> {
        @Override
        public List<Subscriber> of(SubscriberTable subscribers) {
            return subscribers.joined();
        }
    }

    /** A page of the streams. */
    record ListStreams(StreamQuery query, NodeRun node, CompletableFuture<StreamPage> answer)
            implements
                Question<StreamPage> {
        @Override
        public StreamPage of(SubscriberTable subscribers) {
            return subscribers.page(query, node);
        }
    }

    /** The next streams in the order of their ids, for hooks. */
    record ListSubscriptions(Optional<StreamId> after, int limit, NodeRun node,
            CompletableFuture<List<OpenSubscription>> answer) implements Question<List<OpenSubscription>> {
        @Override
        public List<OpenSubscription> of(SubscriberTable subscribers) {
            return subscribers.subscriptions(after, limit, node);
        }
    }

    /** How many streams of each user get the messages of a channel. */
    record Present(String channel, CompletableFuture<Map<String, Integer>> answer)
            implements
                Question<Map<String, Integer>> {
        @Override
        public Map<String, Integer> of(SubscriberTable subscribers) {
            return subscribers.present(channel);
        }
    }
}
