package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Subscription;
import dev.tinysse.broker.admin.ChannelInfo;
import dev.tinysse.broker.admin.ChannelPage;
import dev.tinysse.broker.admin.ChannelQuery;
import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamFilter;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamInfo;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.presence.PresentUser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams and channels in the admin API, and how operators close streams. */
@Timeout(60)
class DirectoryTest {
    private Rig rig = new Rig(Rig.channels(1 << 10));

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private List<StreamInfo> all() {
        return streams(StreamFilter.ALL);
    }

    private List<StreamInfo> streams(StreamFilter filter) {
        return rig.broker.directory().streams(new StreamQuery(filter, Optional.empty(), 1000)).streams();
    }

    private static StreamFilter onChannel(String channel) {
        return new StreamFilter(Optional.empty(), Optional.of(channel), Optional.empty());
    }

    private static StreamFilter ofUser(String user) {
        return new StreamFilter(Optional.empty(), Optional.empty(), Optional.of(user));
    }

    private Client subscribeAs(String user, String channel) throws IOException {
        Client client = rig.open(Subscription.of(Rig.REQUEST).withChannels(List.of(channel)).withUser(user)).goLive();
        client.linesUntil(Rig.HEAD);
        return client;
    }

    @Test
    void shouldTellWhatEachStreamHasBeenSent() throws IOException {
        Client client = rig.subscribe("news", "a.*");
        rig.publish("news", "one");
        rig.publish("a.b", "three");
        client.linesUntil("three");
        StreamInfo info = all().getFirst();
        assertThat(info.channels()).containsExactly("news", "a.*");
        assertThat(info.messages()).isEqualTo(2);
        assertThat(info.bytes()).isEqualTo("head\none\nthree\n".length());
        assertThat(info.behind()).isZero();
        assertThat(info.lost()).isZero();
        assertThat(info.sub()).isEmpty();
        assertThat(info.node()).isNotEmpty();
        assertThat(info.address()).isEqualTo("127.0.0.1:" + client.channel.socket().getLocalPort());
        assertThat(StreamId.parse(info.id().toString())).contains(info.id());
    }

    @Test
    void shouldTellHowFarASlowStreamIsBehindAndWhatItHasLost() throws IOException {
        rig.close();
        rig = new Rig(Rig.channels(10));
        rig.subscribe("news");
        rig.publish("news", "x".repeat(20_000_000));
        await().until(() -> rig.publish("news", "first").queued() == 1);
        for (int i = 0; i < 30; i++) {
            rig.publish("news", "more");
        }
        assertThat(all().getFirst().messages()).isZero();
        // the one that it is taking, and all that it has not begun with; what that has lost is known when it goes on
        assertThat(all().getFirst().behind()).isEqualTo(32);
    }

    @Test
    void shouldGivePagesInOrderOverAllThreads() throws IOException {
        for (int i = 0; i < 7; i++) {
            rig.subscribe("news");
        }
        List<StreamId> ids = new ArrayList<>();
        Optional<StreamId> after = Optional.empty();
        int pages = 0;
        do {
            StreamPage page = rig.broker.directory().streams(new StreamQuery(StreamFilter.ALL, after, 3));
            page.streams().forEach(stream -> ids.add(stream.id()));
            after = page.next();
            pages++;
        } while (after.isPresent());
        assertThat(pages).isEqualTo(3);
        assertThat(ids).hasSize(7).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldFilterByChannelAndUser() throws IOException {
        subscribeAs("ann", "a.b");
        subscribeAs("bob", "a.*");
        subscribeAs("ann", "c");
        assertThat(streams(onChannel("a.b"))).extracting(StreamInfo::sub).containsExactly(Optional.of("ann"),
                Optional.of("bob"));
        assertThat(streams(onChannel("a.*"))).hasSize(1);
        assertThat(streams(ofUser("ann"))).hasSize(2);
        assertThat(streams(new StreamFilter(Optional.empty(), Optional.of("c"), Optional.of("bob")))).isEmpty();
        assertThat(rig.broker.directory().present("a.b")).containsExactly(new PresentUser("ann", 1),
                new PresentUser("bob", 1));
    }

    @Test
    void shouldEndStreamsWithAndWithoutATimeToComeBack() throws IOException {
        Client ann = subscribeAs("ann", "a");
        Client bob = subscribeAs("bob", "a");
        assertThat(rig.broker.directory().end(new StreamEnd(ofUser("ann"), true))).isEqualTo(1);
        assertThat(ann.line()).isEqualTo("stop");
        assertThat(ann.end()).isEqualTo(Client.RELEASED);
        StreamId id = all().getFirst().id();
        assertThat(rig.broker.directory().end(new StreamEnd(StreamFilter.of(id), false))).isEqualTo(1);
        assertThat(bob.line()).isEqualTo("end");
        assertThat(rig.broker.directory().end(new StreamEnd(StreamFilter.of(id), false))).isZero();
        assertThat(all()).isEmpty();
    }

    @Test
    void shouldListChannelsWithStreamsInPages() throws IOException, LogException {
        Client client = rig.subscribe("a.1", "a.2", "b");
        rig.subscribe("a.2");
        rig.publish("a.2", "one");
        rig.publish("b", "two");
        client.linesUntil("two");
        await().until(() -> rig.broker.directory().channel("a.2").delivered() == 2);
        assertThat(rig.broker.directory().channel("a.2"))
                .isEqualTo(new ChannelInfo("a.2", 2, 1, 2, Optional.empty()));
        assertThat(rig.broker.directory().channel("none"))
                .isEqualTo(new ChannelInfo("none", 0, 0, 0, Optional.empty()));
        ChannelPage page = channels("a", Optional.empty(), 1);
        assertThat(page.channels()).extracting(ChannelInfo::name).containsExactly("a.1");
        assertThat(page.next()).contains("a.1");
        ChannelPage last = channels("a", page.next(), 1);
        assertThat(last.channels()).extracting(ChannelInfo::name).containsExactly("a.2");
        assertThat(last.next()).isEmpty();
    }

    private ChannelPage channels(String prefix, Optional<String> after, int limit) throws LogException {
        return rig.broker.directory().channels(new ChannelQuery(prefix, after, limit));
    }
}
