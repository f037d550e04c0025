package dev.tinysse.broker;

import dev.tinysse.broker.admin.ChannelInfo;
import dev.tinysse.broker.admin.ChannelPage;
import dev.tinysse.broker.admin.ChannelQuery;
import dev.tinysse.broker.admin.StreamDirectory;
import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.delivery.BrokerParts;
import dev.tinysse.broker.delivery.DeliveryTask;
import dev.tinysse.broker.delivery.DeliveryThread;
import dev.tinysse.broker.delivery.NodeRun;
import dev.tinysse.broker.dispatch.ChannelCounts;
import dev.tinysse.broker.log.ChannelHistory;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.SharedLog;
import dev.tinysse.broker.nodes.OpenSubscription;
import dev.tinysse.broker.presence.PresentUser;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The streams and channels of this node. Safe for any thread. */
final class LocalStreams implements StreamDirectory {
    /** How long a fan-out thread may take to look at its streams; only one that has ended takes so long. */
    private static final long MAX_WAIT_SECONDS = 10;

    private final BrokerParts parts;
    private final List<DeliveryThread> workers;
    private final long startNanos;
    private final long startMillis = System.currentTimeMillis();
    private Optional<String> name = Optional.empty();
    private @Nullable NodeRun node;

    LocalStreams(BrokerParts parts, List<DeliveryThread> workers) {
        this.parts = parts;
        this.workers = workers;
        this.startNanos = parts.clock().nanos();
    }

    /** How this node is called, unless the log says so. To be called before anybody asks. */
    synchronized void name(String name) {
        this.name = Optional.of(name);
    }

    @Override
    public StreamPage streams(StreamQuery query) {
        NodeRun here = node();
        return StreamPage.merge(this.<StreamPage>ask(answer -> new DeliveryTask.ListStreams(query, here, answer)),
                query.limit());
    }

    /** The next subscriptions in the order of their streams' ids. */
    List<OpenSubscription> subscriptions(Optional<StreamId> after, int limit) {
        NodeRun here = node();
        return this
                .<List<OpenSubscription>>ask(answer -> new DeliveryTask.ListSubscriptions(after, limit, here, answer))
                .stream().flatMap(List::stream)
                .sorted(Comparator.comparing(OpenSubscription::id)).limit(limit).toList();
    }

    @Override
    public int end(StreamEnd which) {
        NodeRun here = node();
        return this.<Integer>ask(answer -> new DeliveryTask.End(which, here, answer)).stream()
                .mapToInt(Integer::intValue).sum();
    }

    @Override
    public ChannelPage channels(ChannelQuery query) throws LogException {
        Map<String, ChannelCounts> counts = parts.dispatcher().counts(query::matches);
        List<String> all = Stream
                .concat(counts.keySet().stream(), parts.log().retention().channels().stream().filter(query::matches))
                .distinct()
                .sorted().limit(query.limit() + 1L).toList();
        boolean more = all.size() > query.limit();
        List<String> page = more ? all.subList(0, query.limit()) : all;
        Map<String, ChannelHistory> histories = parts.log().retention().histories(ChannelSet.of(page));
        return new ChannelPage(
                page.stream().map(name -> info(name, Optional.ofNullable(counts.get(name)),
                        Optional.ofNullable(histories.get(name)))).toList(),
                more ? Optional.of(page.getLast()) : Optional.empty());
    }

    @Override
    public ChannelInfo channel(String name) throws LogException {
        Map<String, ChannelCounts> counts = parts.dispatcher().counts(name::equals);
        Map<String, ChannelHistory> histories = parts.log().retention().histories(ChannelSet.of(Set.of(name)));
        return info(name, Optional.ofNullable(counts.get(name)), Optional.ofNullable(histories.get(name)));
    }

    @Override
    public List<PresentUser> present(String channel) {
        Map<String, Integer> present = new TreeMap<>();
        this.<Map<String, Integer>>ask(answer -> new DeliveryTask.Present(channel, answer))
                .forEach(some -> some.forEach((user, streams) -> present.merge(user, streams, Integer::sum)));
        return present.entrySet().stream().map(user -> new PresentUser(user.getKey(), user.getValue())).toList();
    }

    private ChannelInfo info(String name, Optional<ChannelCounts> counts, Optional<ChannelHistory> history) {
        int streams = counts.map(ChannelCounts::streams).orElseGet(() -> parts.dispatcher().subscribers(name));
        return new ChannelInfo(name, streams,
                Math.max(counts.map(ChannelCounts::published).orElse(0L),
                        history.map(ChannelHistory::published).orElse(0L)),
                counts.map(ChannelCounts::delivered).orElse(0L), history);
    }

    /** Made when somebody asks: a server that nobody asks needs no random numbers. */
    private synchronized NodeRun node() {
        NodeRun known = node;
        if (known == null) {
            long run = new SecureRandom().nextLong();
            known = new NodeRun(run,
                    parts.log().shared().map(SharedLog::node).or(() -> name)
                            .orElseGet(() -> "%08x".formatted(run >>> Integer.SIZE)),
                    startNanos, startMillis);
            node = known;
        }
        return known;
    }

    private <T> List<T> ask(Function<CompletableFuture<T>, DeliveryTask> question) {
        List<CompletableFuture<T>> answers = workers.stream().map(worker -> {
            CompletableFuture<T> answer = new CompletableFuture<>();
            worker.post(question.apply(answer));
            return answer.orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        }).toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }
}
