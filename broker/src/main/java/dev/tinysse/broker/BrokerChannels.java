package dev.tinysse.broker;

import dev.tinysse.api.ChannelName;
import dev.tinysse.api.Channels;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.delivery.BrokerParts;
import dev.tinysse.broker.delivery.DeliveryTask;
import dev.tinysse.broker.delivery.DeliveryThread;
import dev.tinysse.broker.delivery.Subscriber;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.publish.PublishReply;
import dev.tinysse.broker.publish.PublishRequest;
import dev.tinysse.broker.publish.Publisher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The operations of hooks on channels and streams. Safe for any thread. */
final class BrokerChannels implements Channels {
    private static final int MAX_CHANNELS = 1000;
    /** The request of a message that a script publishes. */

    private final BrokerParts parts;
    private final Publisher publisher;
    private final List<DeliveryThread> workers;
    private final Optional<SharedStreams> others;

    BrokerChannels(BrokerParts parts, Publisher publisher, List<DeliveryThread> workers,
            Optional<SharedStreams> others) {
        this.parts = parts;
        this.publisher = publisher;
        this.workers = workers;
        this.others = others;
    }

    @Override
    public Published publish(String channel, Message message) {
        if (message.isEmpty()) {
            throw new IllegalArgumentException("at least one of id, event, data and comment is required");
        }
        PublishReply reply = publisher.publishWithoutHook(
                PublishRequest.of(Publication.of(Request.NONE, message).withChannel(requireKnown(channel))));
        if (reply instanceof PublishReply.Completed(List<PublishResult> results)
                && results
                        .getFirst() instanceof PublishResult.Accepted(int queued, int subscribers, Optional<String> id)) {
            return new Published(queued, subscribers, id);
        }
        throw new HookException(reply instanceof PublishReply.Failure failure
                ? failure.text()
                : PublishReply.Failure.UNAVAILABLE.text());
    }

    @Override
    public int subscribers(String channel) {
        int here = parts.dispatcher().subscribers(ChannelName.requireName(channel));
        return here + others.map(all -> all.nodes().subscribers(channel)).orElse(0);
    }

    @Override
    public int subscribers() {
        return parts.dispatcher().streams() + others.map(all -> all.nodes().streams()).orElse(0);
    }

    @Override
    public List<ChannelInfo> list(String prefix) {
        Map<String, Integer> here = parts.dispatcher().named(name -> name.startsWith(prefix));
        return others.map(all -> all.nodes().withOthers(here, name -> name.startsWith(prefix))).orElse(here).entrySet()
                .stream().limit(MAX_CHANNELS)
                .map(channel -> new ChannelInfo(channel.getKey(), channel.getValue())).toList();
    }

    @Override
    public List<StoredMessage> history(String channel, HistoryQuery query) {
        ChannelSet channels = ChannelSet.of(Set.of(ChannelName.requireName(channel)));
        try {
            return parts.history().find(channels, query, parts.dispatcher().position());
        } catch (LogException e) {
            throw new HookException(PublishReply.Failure.UNAVAILABLE.text(), e);
        }
    }

    @Override
    public int disconnect(Predicate<Subscription> which) {
        int ended = 0;
        for (DeliveryThread worker : workers) {
            CompletableFuture<List<Subscriber>> joined = new CompletableFuture<>();
            worker.post(new DeliveryTask.Joined(joined));
            List<Subscriber> chosen = joined.join().stream().filter(next -> which.test(next.subscription())).toList();
            CompletableFuture<Integer> disconnected = new CompletableFuture<>();
            worker.post(new DeliveryTask.Disconnect(chosen, disconnected));
            ended += disconnected.join(); // from now on publishers do not count them any more
        }
        return ended + others.map(all -> all.all().disconnectOthers(which)).orElse(0);
    }

    /** Without channels there is the default one alone. */
    private String requireKnown(String channel) {
        ChannelName.requireName(channel);
        if (!parts.config().channels() && !channel.equals(ChannelName.DEFAULT)) {
            throw new IllegalArgumentException("there are no channels without --channels: channel=" + channel);
        }
        return channel;
    }
}
