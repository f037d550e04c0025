package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Channels.ChannelInfo;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.PublishResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages come to which stream. */
@Timeout(60)
class ChannelsTest {
    private Rig rig = new Rig(Rig.channels(1 << 16));

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void shouldDeliverToTheStreamsOfTheChannelAlone() throws IOException {
        Client news = rig.subscribe("news");
        Client plain = rig.subscribe("default");
        assertThat(rig.publish("news", "one")).isEqualTo(new PublishResult.Accepted(1, 1, Optional.empty()));
        assertThat(rig.publish("other", "two")).isEqualTo(new PublishResult.Accepted(0, 0, Optional.empty()));
        rig.publish("three");
        rig.publish("news", "four");
        assertThat(news.lines(2)).containsExactly("one", "four");
        assertThat(plain.line()).isEqualTo("three");
    }

    @Test
    void shouldDeliverOnceToAStreamThatSeveralNamesAndPatternsMatch() throws IOException {
        Client client = rig.subscribe("a.b", "a.*", "**");
        assertThat(rig.publish("a.b", "one").subscribers()).isEqualTo(1);
        rig.publish("a.c", "two");
        rig.publish("c", "three");
        assertThat(client.lines(3)).containsExactly("one", "two", "three");
    }

    @Test
    void shouldMatchChannelsThatComeIntoBeingLater() throws IOException {
        Client all = rig.subscribe("**");
        rig.publish("new.one", "one");
        Client named = rig.subscribe("new.one");
        assertThat(rig.publish("new.one", "two").subscribers()).isEqualTo(2);
        assertThat(all.lines(2)).containsExactly("one", "two");
        assertThat(named.line()).isEqualTo("two");
    }

    @Test
    void shouldDeliverNothingToAStreamWithoutChannels() throws IOException {
        Client none = rig.subscribe(new String[0]);
        assertThat(rig.publish("default", "one").subscribers()).isZero();
        none.close();
        assertThat(none.end()).isEqualTo(Client.CLOSED);
    }

    @Test
    void shouldCountWhatIsQueuedInEachChannel() throws IOException {
        Client slow = rig.subscribe("a", "b");
        rig.publish("a", "x".repeat(20_000_000));
        await().until(() -> rig.publish("b", "x").queued() == 1);
        assertThat(rig.publish("b", "x").queued()).isEqualTo(2);
        assertThat(rig.publish("a", "x").queued()).isEqualTo(1);
        slow.reset();
        slow.end();
        assertThat(rig.publish("b", "x")).isEqualTo(new PublishResult.Accepted(0, 0, Optional.empty()));
    }

    @Test
    void shouldLoseTheOldestOfAChannelBeyondItsCapacityAndNoneOfAnother() throws IOException {
        close();
        rig = new Rig(Rig.channels(10));
        Client slow = rig.subscribe("hot", "cold");
        rig.publish("hot", "x".repeat(20_000_000));
        await().until(() -> rig.publish("cold", "cold").queued() == 1);
        for (String number : DeliveryTest.numbers(0, 5000)) {
            rig.publish("hot", number);
        }
        slow.line();
        List<String> lines = slow.linesUntil("4999");
        assertThat(lines).contains("gap expired[hot]");
        lines.removeIf("gap expired[hot]"::equals);
        List<String> expected = new ArrayList<>(List.of("cold"));
        expected.addAll(DeliveryTest.numbers(4990, 4999));
        assertThat(lines).isEqualTo(expected);
        assertThat(rig.broker.lost()).isEqualTo(4990);
        rig.publish("cold", "next");
        assertThat(slow.line()).isEqualTo("next");
    }

    @Test
    void shouldListTheChannelsThatStreamsName() throws IOException {
        rig.subscribe("a", "b");
        rig.subscribe("b", "c.*");
        rig.publish("c.d", "matched");
        assertThat(rig.broker.channels().list("")).containsExactly(new ChannelInfo("a", 1), new ChannelInfo("b", 2));
        assertThat(rig.broker.channels().list("b")).containsExactly(new ChannelInfo("b", 2));
        assertThat(rig.broker.channels().subscribers("c.d")).isEqualTo(1);
        assertThat(rig.broker.channels().subscribers()).isEqualTo(2);
    }

    @Test
    void shouldEndTheStreamsThatAreToBeDisconnected() throws IOException {
        Client ended = rig.subscribe("a");
        Client other = rig.subscribe("b");
        assertThat(rig.broker.channels().disconnect(subscription -> subscription.channels().contains("a")))
                .isEqualTo(1);
        assertThat(ended.line()).isEqualTo("stop");
        assertThat(ended.end()).isEqualTo(Client.RELEASED);
        rig.publish("b", "one");
        assertThat(other.line()).isEqualTo("one");
    }

    /** Streams with random channels that join and leave while messages are published, beside a plain model. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldDeliverAsAPlainModelDoes(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> asked = List.of("a", "b", "c.d", "c.e", "*", "c.*", "**");
        List<Client> clients = new ArrayList<>();
        List<List<String>> sets = new ArrayList<>();
        List<List<String>> expected = new ArrayList<>();
        List<String> names = List.of("a", "b", "c.d", "c.e", "f");
        for (int step = 0; step < 400; step++) {
            int what = random.nextInt(12);
            if (what == 0 && clients.size() < 40) {
                List<String> set = asked.stream().filter(any -> random.nextInt(3) == 0).toList();
                clients.add(rig.subscribe(set.toArray(String[]::new)));
                sets.add(set);
                expected.add(new ArrayList<>());
            } else if (what == 1 && !clients.isEmpty()) {
                int gone = random.nextInt(clients.size());
                Client client = clients.remove(gone);
                sets.remove(gone);
                assertThat(client.lines(expected.get(gone).size())).isEqualTo(expected.remove(gone));
                client.reset();
                client.end();
            } else {
                String name = names.get(random.nextInt(names.size()));
                String data = Integer.toString(step);
                int subscribers = 0;
                for (int i = 0; i < clients.size(); i++) {
                    if (ChannelSet.of(sets.get(i)).contains(name)) {
                        expected.get(i).add(data);
                        subscribers++;
                    }
                }
                assertThat(rig.publish(name, data).subscribers()).isEqualTo(subscribers);
            }
        }
        for (int i = 0; i < clients.size(); i++) {
            assertThat(clients.get(i).lines(expected.get(i).size())).isEqualTo(expected.get(i));
        }
    }

    @Test
    void shouldTellThoseWhoLookOnOfEachMessageUntilTheyStop() throws IOException {
        List<String> seen = new ArrayList<>();
        Runnable stop = rig.broker.watch(ChannelSet.of(List.of("news", "room.*")),
                publication -> seen.add(publication.channel() + " " + publication.message().data().orElse("")));
        rig.publish("news", "one");
        rig.publish("other", "two");
        assertThat(rig.publish("room.1", "three")).isEqualTo(new PublishResult.Accepted(0, 0, Optional.empty()));
        stop.run();
        rig.publish("news", "four");
        assertThat(seen).containsExactly("news one", "room.1 three");
    }
}
