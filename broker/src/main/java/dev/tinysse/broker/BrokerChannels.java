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
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.Positions;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.publish.PublishReply;
import dev.tinysse.broker.publish.PublishRequest;
import dev.tinysse.broker.publish.Publisher;
import dev.tinysse.broker.replay.ReplayStart;
import dev.tinysse.broker.stream.StreamStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The operations of hooks on channels and streams. Safe for any thread. */
final class BrokerChannels implements Channels {
    private static final int MAX_CHANNELS = 1000;
    private static final int PAGE_BYTES = 1 << 20;
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
        EventLog log = parts.log();
        if (!log.hasHistory()) {
            return List.of();
        }
        try {
            return read(channels, query);
        } catch (LogException e) {
            throw new HookException(PublishReply.Failure.UNAVAILABLE.text(), e);
        }
    }

    private List<StoredMessage> read(ChannelSet channels, HistoryQuery query) throws LogException {
        long after = parts.log().startOfLast(channels, query.last());
        if (query.sinceMillis().isPresent()) {
            long from = parts.log().clock().millis() - query.sinceMillis().get();
            after = Math.max(after, Positions.ofMillis(from) - 1);
        }
        if (query.after().isPresent()) {
            after = Math.max(after, parts.starts()
                    .find(channels, query.after(), new StreamStart.FromHistory.Nothing()).map(ReplayStart::after)
                    .orElse(0L));
        }
        long latest = parts.dispatcher().position();
        long upTo = latest == 0 ? parts.log().recovered() : latest;
        List<StoredMessage> kept = new ArrayList<>();
        LogPage page;
        do {
            page = parts.log().read(new LogRange(channels, after, upTo,
                    query.last() - kept.size(), PAGE_BYTES));
            for (LogRecord message : page.records()) {
                kept.add(new StoredMessage(message.publication().channel(), message.publication().message(),
                        message.time()));
                after = message.position();
            }
        } while (!page.complete() && kept.size() < query.last());
        return kept;
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
