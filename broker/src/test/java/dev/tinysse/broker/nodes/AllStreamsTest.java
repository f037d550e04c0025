package dev.tinysse.broker.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.admin.ChannelInfo;
import dev.tinysse.broker.admin.ChannelPage;
import dev.tinysse.broker.admin.ChannelQuery;
import dev.tinysse.broker.admin.StreamDirectory;
import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamFilter;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamInfo;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.Peer;
import dev.tinysse.broker.log.SharedLog;
import dev.tinysse.broker.presence.PresentUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that ask each other. */
class AllStreamsTest {
    private static final Request REQUEST = new Request("GET", "/sse", "/sse", "", "192.0.2.1", 1, Map.of());

    private final Node here = new Node(1);
    private final Node there = new Node(2);

    /** One node, with the streams that the test gives it. */
    private static final class Node implements StreamDirectory, SharedLog {
        private final int run;
        private final Map<StreamId, Subscription> open = new TreeMap<>();
        private final List<ChannelInfo> channels = new ArrayList<>();
        private final List<PresentUser> present = new ArrayList<>();
        private final List<StreamEnd> ended = new ArrayList<>();
        private final AllStreams all = new AllStreams(this, this::subscriptions, this, new HookCalls(new Saving()));
        private Optional<Node> other = Optional.empty();
        private boolean broken;

        Node(int run) {
            this.run = run;
        }

        StreamId open(String channel) {
            StreamId id = new StreamId(run, open.size());
            open.put(id, Subscription.of(REQUEST).withChannels(List.of(channel)));
            return id;
        }

        private List<OpenSubscription> subscriptions(Optional<StreamId> after, int limit) {
            return open.entrySet().stream()
                    .filter(stream -> after.isEmpty() || stream.getKey().compareTo(after.get()) > 0).limit(limit)
                    .map(stream -> new OpenSubscription(stream.getKey(), stream.getValue())).toList();
        }

        @Override
        public StreamPage streams(StreamQuery query) {
            List<StreamInfo> streams = open.entrySet().stream()
                    .map(stream -> new StreamInfo(stream.getKey(), "192.0.2.1", stream.getValue().channels().stream()
                            .toList(), 1, 2, 3, 4, 5, Optional.of("ann"), node()))
                    .limit(query.limit()).toList();
            return new StreamPage(streams, Optional.empty());
        }

        @Override
        public int end(StreamEnd which) {
            ended.add(which);
            if (which.filter().id().isPresent()) {
                return open.remove(which.filter().id().get()) == null ? 0 : 1;
            }
            int count = open.size();
            open.clear();
            return count;
        }

        @Override
        public ChannelPage channels(ChannelQuery query) throws LogException {
            if (broken) {
                throw new LogException(LogException.Kind.UNAVAILABLE, "as the test wants it");
            }
            return new ChannelPage(channels.stream().filter(channel -> query.matches(channel.name()))
                    .limit(query.limit()).toList(), Optional.empty());
        }

        @Override
        public ChannelInfo channel(String name) {
            return channels.stream().filter(channel -> channel.name().equals(name)).findFirst()
                    .orElse(new ChannelInfo(name, 0, 0, 0, Optional.empty()));
        }

        @Override
        public List<PresentUser> present(String channel) {
            return present;
        }

        @Override
        public String node() {
            return "node-" + run;
        }

        @Override
        public void join(Peer node) {
            // the test connects the nodes
        }

        @Override
        public List<byte[]> request(byte[] request) {
            return other.map(node -> node.all.respond(request)).stream().toList();
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public boolean awaitReadable() {
            return false;
        }

        @Override
        public void stopWaiting() {
            // nothing waits
        }

        @Override
        public void giveUpAppends() {
            // nothing waits
        }
    }

    /** A script that attaches a text to each subscription. */
    private static final class Saving implements Hooks {
        @Override
        public Set<Hook> defined() {
            return Set.of(Hook.SUBSCRIBE);
        }

        @Override
        public Optional<String> saveAttributes(Subscription subscription) {
            return Optional.of("saved");
        }

        @Override
        public Subscription restoreAttributes(Subscription subscription, String saved) {
            return subscription.withUser(saved);
        }
    }

    @BeforeEach
    void connect() {
        here.other = Optional.of(there);
        there.other = Optional.of(here);
    }

    private static ChannelInfo channel(String name, int streams, long published, long delivered) {
        return new ChannelInfo(name, streams, published, delivered, Optional.empty());
    }

    @Test
    void shouldListTheStreamsOfAllNodes() {
        StreamId first = here.open("a");
        StreamId second = there.open("b");

        assertThat(here.all.streams(new StreamQuery(StreamFilter.ALL, Optional.empty(), 10)).streams())
                .containsExactly(
                        new StreamInfo(first, "192.0.2.1", List.of("a"), 1, 2, 3, 4, 5, Optional.of("ann"), "node-1"),
                        new StreamInfo(second, "192.0.2.1", List.of("b"), 1, 2, 3, 4, 5, Optional.of("ann"), "node-2"));
    }

    @Test
    void shouldListNoMoreThanAPage() {
        StreamId first = here.open("a");
        there.open("b");
        StreamPage page = here.all.streams(new StreamQuery(StreamFilter.ALL, Optional.empty(), 1));

        assertThat(page.streams()).extracting(StreamInfo::id).containsExactly(first);
        assertThat(page.next()).contains(first);
    }

    @Test
    void shouldListTheStreamsOfThisNodeIfNoOtherResponds() {
        here.other = Optional.empty();
        StreamId first = here.open("a");

        assertThat(here.all.streams(new StreamQuery(StreamFilter.ALL, Optional.empty(), 10)).streams())
                .extracting(StreamInfo::id).containsExactly(first);
    }

    @Test
    void shouldEndStreamsOnAllNodes() {
        here.open("a");
        there.open("a");
        there.open("a");
        StreamEnd all = new StreamEnd(new StreamFilter(Optional.empty(), Optional.of("a"), Optional.of("ann")), true);

        assertThat(here.all.end(all)).isEqualTo(3);
        assertThat(there.ended).containsExactly(all);
    }

    @Test
    void shouldAddUpTheChannelsOfAllNodes() throws LogException {
        here.channels.add(channel("a", 1, 5, 6));
        here.channels.add(channel("b", 1, 1, 1));
        there.channels.add(channel("a", 2, 4, 7));
        there.channels.add(channel("c", 3, 1, 1));

        assertThat(here.all.channels(new ChannelQuery("", Optional.empty(), 10)).channels()).containsExactly(
                channel("a", 3, 5, 13), channel("b", 1, 1, 1), channel("c", 3, 1, 1));
        assertThat(here.all.channel("a")).isEqualTo(channel("a", 3, 5, 13));
        assertThat(here.all.channel("c")).isEqualTo(channel("c", 3, 1, 1));
    }

    @Test
    void shouldNotAddAChannelWhoseNameOnlyBeginsAlike() throws LogException {
        here.channels.add(channel("a", 1, 1, 1));
        there.channels.add(channel("ab", 2, 2, 2));

        assertThat(here.all.channel("a")).isEqualTo(channel("a", 1, 1, 1));
    }

    @Test
    void shouldListChannelsThoughAnotherNodeCannotReadTheLog() throws LogException {
        here.channels.add(channel("a", 1, 1, 1));
        there.broken = true;

        assertThat(here.all.channels(new ChannelQuery("", Optional.empty(), 10)).channels())
                .containsExactly(channel("a", 1, 1, 1));
    }

    @Test
    void shouldAddUpTheStreamsOfAUser() {
        here.present.add(new PresentUser("bob", 1));
        there.present.addAll(List.of(new PresentUser("ann", 1), new PresentUser("bob", 2)));

        assertThat(here.all.present("a")).containsExactly(new PresentUser("ann", 1), new PresentUser("bob", 3));
    }

    @Test
    void shouldDisconnectChosenStreamsOfOtherNodes() {
        here.open("a");
        StreamId chosen = there.open("a");
        StreamId left = there.open("b");

        assertThat(here.all.disconnectOthers(subscription -> subscription.channels().contains("a"))).isEqualTo(1);
        assertThat(there.open).containsOnlyKeys(left);
        assertThat(there.ended).containsExactly(new StreamEnd(StreamFilter.of(chosen), true));
        assertThat(here.open).hasSize(1);
    }

    @Test
    void shouldDisconnectNothingIfNoStreamIsChosen() {
        there.open("a");

        assertThat(here.all.disconnectOthers(_ -> false)).isZero();
        assertThat(there.ended).isEmpty();
    }

    @Test
    void shouldAskForAllStreamsHoweverMany() {
        for (int i = 0; i < 1100; i++) {
            there.open("a");
        }
        List<Subscription> seen = new ArrayList<>();

        assertThat(here.all.disconnectOthers(subscription -> !seen.add(subscription))).isZero();
        assertThat(seen).hasSize(1100);
    }

    @Test
    void shouldShowAStreamWithItsAttributesAndTheSameEachTime() {
        there.open("a");
        List<Subscription> seen = new ArrayList<>();
        here.all.disconnectOthers(subscription -> !seen.add(subscription));
        here.all.disconnectOthers(subscription -> !seen.add(subscription));

        assertThat(seen).hasSize(2);
        assertThat(seen.get(1)).isSameAs(seen.get(0));
        assertThat(seen.get(0).user()).contains("saved");
    }

    @Test
    void shouldRespondWithNothingToARequestOfANewerVersion() {
        ByteSink newer = NodeRequest.of(99);

        assertThat(here.all.respond(NodeRequest.bytes(newer))).isEmpty();
    }
}
