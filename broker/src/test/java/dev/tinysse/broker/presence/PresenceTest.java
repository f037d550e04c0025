package dev.tinysse.broker.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.stream.PresenceChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Joins and leaves, by what streams do on this node and on others. */
@Timeout(60)
class PresenceTest {
    private static final Request REQUEST = new Request("GET", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());

    private final AtomicLong clock = new AtomicLong();
    private final List<PresenceChange> changes = new CopyOnWriteArrayList<>();
    private final Presence presence = new Presence(clock::get, changes::add);

    @AfterEach
    void close() {
        presence.close();
    }

    private static Subscription of(String user, String... channels) {
        return Subscription.of(REQUEST).withChannels(List.of(channels)).withUser(user);
    }

    private static PresenceChange join(String channel, String sub, int count) {
        return new PresenceChange(channel, sub, true, count);
    }

    private static PresenceChange leave(String channel, String sub, int count) {
        return new PresenceChange(channel, sub, false, count);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
        presence.signal();
    }

    @Test
    void shouldTellOfTheFirstStreamOfAUserAlone() {
        presence.opened(of("ann", "news"));
        presence.opened(of("ann", "news"));
        presence.opened(of("bob", "news"));
        assertThat(changes).containsExactly(join("news", "ann", 1), join("news", "bob", 2));
        assertThat(presence.list("news")).containsExactly(new PresentUser("ann", 2), new PresentUser("bob", 1));
    }

    @Test
    void shouldTellOfTheEndOfTheLastStreamAfterTheTimeOfGrace() {
        presence.opened(of("ann", "news"));
        presence.opened(of("ann", "news"));
        presence.ended(of("ann", "news"));
        presence.ended(of("ann", "news"));
        assertThat(presence.list("news")).containsExactly(new PresentUser("ann", 0));
        pass(Presence.GRACE);
        await().untilAsserted(() -> assertThat(changes).contains(leave("news", "ann", 0)));
        assertThat(presence.list("news")).isEmpty();
        assertThat(presence.channels()).isEmpty();
    }

    @Test
    void shouldNotTellOfAUserWhoComesBackWithinTheTimeOfGrace() {
        presence.opened(of("ann", "news"));
        presence.opened(of("bob", "news"));
        presence.ended(of("ann", "news"));
        presence.ended(of("bob", "news"));
        pass(Presence.GRACE.minusMillis(1));
        presence.opened(of("ann", "news"));
        pass(Presence.GRACE);
        await().untilAsserted(() -> assertThat(changes).contains(leave("news", "bob", 1)));
        assertThat(changes).containsExactly(join("news", "ann", 1), join("news", "bob", 2), leave("news", "bob", 1));
    }

    @Test
    void shouldBeginTheTimeOfGraceAgainWithEachEnd() {
        presence.opened(of("ann", "news"));
        presence.ended(of("ann", "news"));
        pass(Duration.ofSeconds(3));
        presence.opened(of("ann", "news"));
        presence.ended(of("ann", "news"));
        presence.opened(of("bob", "other"));
        presence.ended(of("bob", "other"));
        pass(Duration.ofSeconds(3));
        assertThat(presence.list("news")).containsExactly(new PresentUser("ann", 0));
        pass(Duration.ofSeconds(2));
        await().untilAsserted(() -> assertThat(changes).contains(leave("other", "bob", 0), leave("news", "ann", 0)));
    }

    @Test
    void shouldCountEachChannelApartAndNoPattern() {
        presence.opened(of("ann", "a", "b", "c.*", "**"));
        assertThat(changes).containsExactlyInAnyOrder(join("a", "ann", 1), join("b", "ann", 1));
        assertThat(presence.channels()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shouldNotKnowStreamsWithoutAUser() {
        presence.opened(Subscription.of(REQUEST));
        presence.opened(of("", "default"));
        presence.ended(Subscription.of(REQUEST));
        assertThat(changes).isEmpty();
        assertThat(presence.list("default")).isEmpty();
    }

    @Test
    void shouldUniteTheStreamsOfAllNodes() {
        presence.opened(of("ann", "news"));
        presence.elsewhere("b", "news", "ann", 2);
        presence.elsewhere("b", "news", "bob", 1);
        assertThat(changes).containsExactly(join("news", "ann", 1), join("news", "bob", 2));
        assertThat(presence.list("news")).containsExactly(new PresentUser("ann", 3), new PresentUser("bob", 1));
        presence.ended(of("ann", "news"));
        presence.elsewhere("b", "news", "bob", 0);
        pass(Presence.GRACE);
        await().untilAsserted(() -> assertThat(changes).last().isEqualTo(leave("news", "bob", 1)));
        assertThat(presence.list("news")).containsExactly(new PresentUser("ann", 2));
    }

    @Test
    void shouldNotTellOfAUserWhoMovesToAnotherNode() {
        presence.opened(of("ann", "news"));
        presence.ended(of("ann", "news"));
        pass(Duration.ofSeconds(4));
        presence.elsewhere("b", "news", "ann", 1);
        presence.opened(of("bob", "news"));
        presence.ended(of("bob", "news"));
        pass(Presence.GRACE);
        await().untilAsserted(() -> assertThat(changes).last().isEqualTo(leave("news", "bob", 1)));
        assertThat(changes).doesNotContain(leave("news", "ann", 0));
    }

    @Test
    void shouldLetTheUsersOfANodeThatIsGoneLeaveSoonerTheLongerItWasSilent() {
        presence.elsewhere("b", "news", "ann", 1);
        presence.elsewhere("c", "news", "bob", 1);
        presence.elsewhere("c", "news", "cid", 1);
        presence.elsewhere("b", "news", "cid", 1);
        presence.nodeGone("b", Duration.ofSeconds(9));
        await().untilAsserted(() -> assertThat(changes).last().isEqualTo(leave("news", "ann", 2)));
        presence.nodeGone("c", Duration.ofSeconds(3));
        pass(Duration.ofSeconds(2));
        await().untilAsserted(() -> assertThat(presence.channels()).isEmpty());
        assertThat(changes).hasSize(6);
    }

    @Test
    void shouldTellOtherNodesWhoIsHereAndWhoComesAndGoes() {
        presence.opened(of("ann", "news"));
        presence.elsewhere("b", "news", "bob", 1);
        List<String> told = new ArrayList<>();
        presence.shareWith((channel, sub, streams) -> told.add(channel + " " + sub + " " + streams));
        presence.opened(of("ann", "news"));
        presence.ended(of("ann", "news"));
        presence.ended(of("ann", "news"));
        assertThat(told).containsExactly("news ann 1", "news ann 2", "news ann 1", "news ann 0");
    }

    @Test
    void shouldNotHearOfUsersElsewhereThatNeverWereThere() {
        presence.elsewhere("b", "news", "ann", 0);
        assertThat(presence.channels()).isEmpty();
    }

    @Test
    void shouldLetOthersLeaveWhenTellingOfOneFails() {
        List<PresenceChange> told = new CopyOnWriteArrayList<>();
        Presence failing = new Presence(clock::get, change -> {
            if (!change.joined() && change.sub().equals("ann")) {
                throw new IllegalStateException("not today");
            }
            told.add(change);
        });
        failing.opened(of("ann", "news"));
        failing.opened(of("bob", "news"));
        failing.ended(of("ann", "news"));
        failing.ended(of("bob", "news"));
        clock.addAndGet(Presence.GRACE.toNanos());
        failing.signal();
        await().untilAsserted(() -> assertThat(told).last().isEqualTo(leave("news", "bob", 0)));
        failing.close();
    }
}
