package dev.tinysse.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which channels there are, and which streams ask for each. */
class ChannelTableTest {
    private static final Publication PUBLICATION = Publication
            .of(new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of()), Message.of("x"));

    private final ChannelTable table = new ChannelTable(4, 2);

    private Interest join(String... channels) {
        Interest interest = table.interest(ChannelSet.of(List.of(channels)), false);
        interest.add(0);
        return interest;
    }

    private boolean leave(Interest interest) {
        interest.remove(0);
        return table.remove(interest);
    }

    private Channel channel(String name) {
        return Objects.requireNonNull(table.get(name));
    }

    @Test
    void shouldHaveOneInterestForTheSameChannels() {
        Interest first = join("a", "b");

        assertThat(join("b", "a")).isSameAs(first);
        assertThat(first.streams()).isEqualTo(2);
        assertThat(table.subscribers("a")).isEqualTo(2);
        assertThat(table.interests()).isEqualTo(Map.of(ChannelSet.of(List.of("a", "b")), 2));
        assertThat(table.interest(ChannelSet.of(List.of("a", "b")), true)).isNotSameAs(first);
    }

    @Test
    void shouldAddAPatternToTheChannelsThatItMatches() {
        join("a.1");
        join("b");
        join("a.*");

        assertThat(channel("a.1").subscribers()).isEqualTo(2);
        assertThat(channel("b").subscribers()).isOne();
        join("a.2");
        assertThat(channel("a.2").subscribers()).isEqualTo(2);
    }

    @Test
    void shouldCountAStreamOnceThatNamesAndMatchesAChannel() {
        join("a.1", "a.*");

        assertThat(channel("a.1").subscribers()).isOne();
        assertThat(table.subscribers("a.2")).isOne();
        assertThat(table.get("a.2")).isNull();
    }

    @Test
    void shouldHaveAChannelThatIsOnlyMatchedOnceItIsUsed() {
        join("a.*");
        assertThat(table.matched("b")).isNull();
        Channel matched = Objects.requireNonNull(table.matched("a.1"));

        assertThat(table.get("a.1")).isSameAs(matched);
        assertThat(matched.isNamed()).isFalse();
        assertThat(table.named(_ -> true)).isEmpty();
        join("a.1");
        assertThat(matched.isNamed()).isTrue();
        assertThat(table.named(_ -> true)).isEqualTo(Map.of("a.1", 2));
        assertThat(table.named("b"::equals)).isEmpty();
    }

    @Test
    void shouldRemoveAChannelWithItsLastStream() {
        Interest first = join("a", "b");
        Interest second = join("b");
        assertThat(leave(first)).isFalse();
        assertThat(table.get("a")).isNull();
        assertThat(channel("b").subscribers()).isOne();
        leave(second);

        assertThat(table.size()).isZero();
        assertThat(table.interests()).isEmpty();
    }

    @Test
    void shouldKeepAChannelThatAPatternMatchesUntilItIsIdle() {
        Interest named = join("a.1");
        Interest pattern = join("a.*");
        assertThat(table.arePatternsWanted()).isTrue();
        assertThat(leave(named)).isTrue();
        assertThat(channel("a.1").subscribers()).isOne();

        assertThat(table.removeIdle()).isTrue(); // it was used since
        assertThat(table.removeIdle()).isFalse();
        assertThat(table.get("a.1")).isNull();
        leave(pattern);
        assertThat(table.arePatternsWanted()).isFalse();
        assertThat(table.subscribers("a.1")).isZero();
    }

    @Test
    void shouldKeepAChannelWithMessagesThatAreNotDelivered() {
        join("a.*");
        Channel matched = Objects.requireNonNull(table.matched("a.1"));
        QueuedEntry entry = new QueuedEntry(matched, new LogRecord(1, 0, PUBLICATION, Optional.empty()), new byte[1],
                1);
        table.removeIdle();
        assertThat(table.removeIdle()).isTrue();
        assertThat(table.queued()).isOne();
        entry.delivered(1);

        assertThat(table.counts(_ -> true)).isEqualTo(Map.of("a.1", new ChannelCounts(1, 1, 1)));
        assertThat(table.removeIdle()).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void shouldSendNoticesToStreamsThatAskForThemAlone() {
        join("a");
        assertThat(table.isPresenceWanted()).isFalse();
        Interest asks = table.interest(ChannelSet.of(List.of("a")), true);
        asks.add(1);
        assertThat(table.isPresenceWanted()).isTrue();
        Channel notices = channel("a").notices();

        assertThat(notices.subscribers()).isOne();
        assertThat(notices.isWanted(0)).isFalse();
        assertThat(notices.isWanted(1)).isTrue();
        QueuedEntry notice = new QueuedEntry(notices, 1, new byte[1]);
        assertThat(notice.isFor(asks)).isTrue();
        assertThat(notice.isFor(join("a"))).isFalse();
        assertThat(channel("a").queued()).isZero();
        assertThat(notices.queued()).isOne();
    }

    @Test
    void shouldGiveUpOnMessagesBeyondTheCapacityOnce() {
        join("a");
        QueuedEntry first = new QueuedEntry(channel("a"), new LogRecord(1, 0, PUBLICATION, Optional.empty()),
                new byte[1], 2);
        for (int i = 2; i <= 5; i++) {
            assertThat(first.isExpired()).isFalse();
            new QueuedEntry(channel("a"), new LogRecord(i, 0, PUBLICATION, Optional.empty()), new byte[1], 2);
        }
        assertThat(first.isExpired()).isTrue();
        assertThat(channel("a").queued()).isEqualTo(4);
        first.expire();
        first.expire();
        first.taken(2);

        assertThat(first.isTakenByAll()).isFalse();
        assertThat(channel("a").queued()).isEqualTo(4);
    }
}
