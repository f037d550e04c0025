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
import dev.tinysse.broker.log.Peers;
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
    private final Peers others;
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
    public AllStreams(StreamDirectory here, Subscriptions subscriptions, Peers others, HookCalls hooks) {
        this.here = here;
        this.subscriptions = subscriptions;
        this.others = others;
        this.hooks = hooks;
    }

    @Override
    public StreamPage streams(StreamQuery query) {
        List<StreamPage> pages = new ArrayList<>(List.of(here.streams(query)));
        others.ask(Question.streams(query)).forEach(answer -> pages.add(Question.streamPage(answer)));
        return StreamPage.merge(pages, query.limit());
    }

    @Override
    public int end(StreamEnd which) {
        return here.end(which) + sum(others.ask(Question.end(which)));
    }

    @Override
    public ChannelPage channels(ChannelQuery query) throws LogException {
        List<ChannelPage> pages = new ArrayList<>(List.of(here.channels(query)));
        others.ask(Question.channels(query)).forEach(answer -> pages.add(Question.channelPage(answer)));
        return ChannelPage.merge(pages, query.limit());
    }

    @Override
    public ChannelInfo channel(String name) throws LogException {
        ChannelInfo all = here.channel(name);
        for (byte[] answer : others.ask(Question.channels(new ChannelQuery(name, Optional.empty(), 1)))) {
            for (ChannelInfo channel : Question.channelPage(answer).channels()) {
                all = channel.name().equals(name) ? all.plus(channel) : all;
            }
        }
        return all;
    }

    @Override
    public List<PresentUser> present(String channel) {
        Map<String, Integer> users = new TreeMap<>();
        here.present(channel).forEach(user -> users.merge(user.sub(), user.streams(), Integer::sum));
        ByteSink question = Question.of(Question.PRESENT);
        question.putText(channel);
        for (byte[] answer : others.ask(Question.bytes(question))) {
            ByteSource from = new ByteSource(answer, 0);
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
            ByteSink question = Question.of(Question.SUBSCRIPTIONS);
            Question.putId(question, after);
            List<OpenSubscription> page = new ArrayList<>();
            Optional<StreamId> end = Optional.empty();
            for (byte[] answer : others.ask(Question.bytes(question))) {
                List<OpenSubscription> some = subscriptions(answer);
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

    private List<OpenSubscription> subscriptions(byte[] answer) {
        ByteSource from = new ByteSource(answer, 0);
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
        ByteSink question = Question.of(Question.END_THESE);
        question.putCount(ids.size());
        ids.forEach(id -> Question.put(question, id));
        return sum(others.ask(Question.bytes(question)));
    }

    private static int sum(List<byte[]> counts) {
        return counts.stream().mapToInt(count -> new ByteSource(count, 0).getCount()).sum();
    }

    /**
     * Answers another node.
     *
     * @param question what it asks
     * @return what this node alone has
     */
    public byte[] answer(byte[] question) {
        ByteSource from = new ByteSource(question, 0);
        return switch (from.getByte()) {
            case Question.STREAMS -> Question.page(here.streams(Question.streamQuery(from)));
            case Question.END -> Question.count(here.end(Question.streamEnd(from)));
            case Question.CHANNELS -> channelsHere(Question.channelQuery(from));
            case Question.PRESENT -> presentHere(from.getText());
            case Question.SUBSCRIPTIONS -> subscriptionsHere(Question.id(from));
            case Question.END_THESE -> endThese(from);
            default -> new byte[0]; // of a newer version
        };
    }

    private byte[] channelsHere(ChannelQuery query) {
        try {
            return Question.page(here.channels(query));
        } catch (LogException e) {
            return Question.page(new ChannelPage(List.of(), Optional.empty()));
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
        return Question.bytes(sink);
    }

    private byte[] subscriptionsHere(Optional<StreamId> after) {
        ByteSink sink = new ByteSink();
        List<OpenSubscription> open = subscriptions.behind(after, SUBSCRIPTIONS);
        sink.putCount(open.size());
        open.forEach(stream -> stream.put(sink, hooks));
        return Question.bytes(sink);
    }

    private byte[] endThese(ByteSource from) {
        int ended = 0;
        for (int left = from.getCount(); left > 0; left--) {
            StreamId id = new StreamId(from.getLong(), from.getLong());
            ended += here.end(new StreamEnd(StreamFilter.of(id), true));
        }
        return Question.count(ended);
    }
}
