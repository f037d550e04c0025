package dev.tinysse.broker.nodes;

import dev.tinysse.api.Subscription;
import dev.tinysse.broker.admin.ChannelInfo;
import dev.tinysse.broker.admin.ChannelPage;
import dev.tinysse.broker.admin.ChannelQuery;
import dev.tinysse.broker.admin.StreamDirectory;
import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamFilter;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.ByteSource;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.SharedLog;
import dev.tinysse.broker.presence.PresentUser;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The streams and channels of all nodes: this one's, and what the others answer. Safe for any thread. */
public final class AllStreams implements StreamDirectory {
    private static final int SUBSCRIPTIONS = 500;
    private static final WeakReference<Subscription> NO_COPY = new WeakReference<>(null);

    private final StreamDirectory here;
    private final Subscriptions subscriptions;
    private final SharedLog others;
    private final HookCalls hooks;
    /** A node that requests a stream twice receives the same copy, as for a stream of this node. */
    private final Map<StreamId, WeakReference<Subscription>> copies = new ConcurrentHashMap<>();

    /** The subscriptions of this node. */
    @FunctionalInterface
    public interface Subscriptions {
        /** {@return the next ones in the order of their ids, fewer than the limit if there are no more} */
        List<OpenSubscription> behind(Optional<StreamId> after, int limit);
    }

    /**
     * The streams of all nodes.
     *
     * @param here those of this node
     * @param subscriptions the same, for hooks
     * @param others can be asked
     * @param hooks know what scripts have attached to subscriptions
     */
    public AllStreams(StreamDirectory here, Subscriptions subscriptions, SharedLog others, HookCalls hooks) {
        this.here = here;
        this.subscriptions = subscriptions;
        this.others = others;
        this.hooks = hooks;
    }

    @Override
    public StreamPage streams(StreamQuery query) {
        List<StreamPage> pages = new ArrayList<>(List.of(here.streams(query)));
        others.request(NodeRequest.streams(query)).forEach(response -> pages.add(NodeRequest.streamPage(response)));
        return StreamPage.merge(pages, query.limit());
    }

    @Override
    public int end(StreamEnd which) {
        return here.end(which) + sum(others.request(NodeRequest.end(which)));
    }

    @Override
    public ChannelPage channels(ChannelQuery query) throws LogException {
        List<ChannelPage> pages = new ArrayList<>(List.of(here.channels(query)));
        others.request(NodeRequest.channels(query)).forEach(response -> pages.add(NodeRequest.channelPage(response)));
        return ChannelPage.merge(pages, query.limit());
    }

    @Override
    public ChannelInfo channel(String name) throws LogException {
        ChannelInfo all = here.channel(name);
        for (byte[] response : others.request(NodeRequest.channels(new ChannelQuery(name, Optional.empty(), 1)))) {
            for (ChannelInfo channel : NodeRequest.channelPage(response).channels()) {
                all = channel.name().equals(name) ? all.plus(channel) : all;
            }
        }
        return all;
    }

    @Override
    public List<PresentUser> present(String channel) {
        Map<String, Integer> users = new TreeMap<>();
        here.present(channel).forEach(user -> users.merge(user.sub(), user.streams(), Integer::sum));
        ByteSink request = NodeRequest.of(NodeRequest.PRESENT);
        request.putText(channel);
        for (byte[] response : others.request(NodeRequest.bytes(request))) {
            ByteSource from = new ByteSource(response, 0);
            for (int left = from.getCount(); left > 0; left--) {
                users.merge(from.getText(), from.getCount(), Integer::sum);
            }
        }
        return users.entrySet().stream().map(user -> new PresentUser(user.getKey(), user.getValue())).toList();
    }

    /**
     * Ends streams of other nodes.
     *
     * @param which is called with a copy of each one's subscription
     * @return how many
     */
    public int disconnectOthers(Predicate<Subscription> which) {
        copies.values().removeIf(copy -> copy.get() == null);
        List<StreamId> chosen = new ArrayList<>();
        Optional<StreamId> after = Optional.empty();
        boolean more = true;
        while (more) {
            ByteSink request = NodeRequest.of(NodeRequest.SUBSCRIPTIONS);
            NodeRequest.putId(request, after);
            List<OpenSubscription> page = new ArrayList<>();
            Optional<StreamId> end = Optional.empty();
            for (byte[] response : others.request(NodeRequest.bytes(request))) {
                List<OpenSubscription> some = subscriptions(response);
                page.addAll(some);
                if (some.size() == SUBSCRIPTIONS) {
                    StreamId last = some.getLast().id();
                    end = end.filter(other -> other.compareTo(last) < 0).or(() -> Optional.of(last));
                }
            }
            for (OpenSubscription stream : page) {
                boolean known = end.isEmpty() || stream.id().compareTo(end.get()) <= 0;
                if (known && which.test(stream.subscription())) {
                    chosen.add(stream.id());
                }
            }
            after = end;
            more = end.isPresent();
        }
        return chosen.isEmpty() ? 0 : endThese(chosen);
    }

    private List<OpenSubscription> subscriptions(byte[] response) {
        ByteSource from = new ByteSource(response, 0);
        List<OpenSubscription> page = new ArrayList<>();
        for (int left = from.getCount(); left > 0; left--) {
            OpenSubscription read = OpenSubscription.get(from, hooks);
            Subscription known = copies.getOrDefault(read.id(), NO_COPY).get();
            if (known == null) {
                copies.put(read.id(), new WeakReference<>(read.subscription()));
            }
            page.add(known == null ? read : new OpenSubscription(read.id(), known));
        }
        return page;
    }

    private int endThese(List<StreamId> ids) {
        ByteSink request = NodeRequest.of(NodeRequest.END_THESE);
        request.putCount(ids.size());
        ids.forEach(id -> NodeRequest.put(request, id));
        return sum(others.request(NodeRequest.bytes(request)));
    }

    private static int sum(List<byte[]> counts) {
        return counts.stream().mapToInt(count -> new ByteSource(count, 0).getCount()).sum();
    }

    /**
     * Answers another node.
     *
     * @param request what it asks
     * @return what this node alone has
     */
    public byte[] respond(byte[] request) {
        ByteSource from = new ByteSource(request, 0);
        return switch (from.getByte()) {
            case NodeRequest.STREAMS -> NodeRequest.page(here.streams(NodeRequest.streamQuery(from)));
            case NodeRequest.END -> NodeRequest.count(here.end(NodeRequest.streamEnd(from)));
            case NodeRequest.CHANNELS -> channelsHere(NodeRequest.channelQuery(from));
            case NodeRequest.PRESENT -> presentHere(from.getText());
            case NodeRequest.SUBSCRIPTIONS -> subscriptionsHere(NodeRequest.id(from));
            case NodeRequest.END_THESE -> endThese(from);
            default -> new byte[0]; // of a newer version
        };
    }

    private byte[] channelsHere(ChannelQuery query) {
        try {
            return NodeRequest.page(here.channels(query));
        } catch (LogException e) {
            return NodeRequest.page(new ChannelPage(List.of(), Optional.empty()));
        }
    }

    private byte[] presentHere(String channel) {
        ByteSink sink = new ByteSink();
        List<PresentUser> users = here.present(channel);
        sink.putCount(users.size());
        for (PresentUser user : users) {
            sink.putText(user.sub());
            sink.putCount(user.streams());
        }
        return NodeRequest.bytes(sink);
    }

    private byte[] subscriptionsHere(Optional<StreamId> after) {
        ByteSink sink = new ByteSink();
        List<OpenSubscription> open = subscriptions.behind(after, SUBSCRIPTIONS);
        sink.putCount(open.size());
        open.forEach(stream -> stream.put(sink, hooks));
        return NodeRequest.bytes(sink);
    }

    private byte[] endThese(ByteSource from) {
        int ended = 0;
        for (int left = from.getCount(); left > 0; left--) {
            StreamId id = new StreamId(from.getLong(), from.getLong());
            ended += here.end(new StreamEnd(StreamFilter.of(id), true));
        }
        return NodeRequest.count(ended);
    }
}
