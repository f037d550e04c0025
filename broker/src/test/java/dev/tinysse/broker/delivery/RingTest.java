package dev.tinysse.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.dispatch.Channel;
import dev.tinysse.broker.dispatch.QueuedEntry;
import dev.tinysse.broker.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class RingTest {
    private static final Publication PUBLICATION = Publication
            .of(new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of()), Message.of("x"));

    private final Ring ring = new Ring();
    private final Channel hot = new Channel("hot", 3);
    private final Channel cold = new Channel("cold", 3);
    private long position;

    private QueuedEntry add(Channel channel) {
        QueuedEntry entry = new QueuedEntry(channel, new LogRecord(++position, 0, PUBLICATION, Optional.empty()),
                new byte[1],
                1);
        ring.trim();
        ring.add(entry);
        return entry;
    }

    @Test
    void shouldLetGoOfWhatAllHaveTaken() {
        add(hot);
        QueuedEntry second = add(hot);
        ring.taken(0, 1);
        ring.trim();
        assertThat(ring.oldest()).isEqualTo(1);
        assertThat(ring.get(0)).isNull();
        assertThat(ring.get(1)).isSameAs(second);
    }

    @Test
    void shouldWeighWhatIsBehindANumber() {
        for (int i = 0; i < 3; i++) {
            add(hot);
        }
        ring.taken(0, 1);
        ring.trim();
        assertThat(ring.weightFrom(0)).isEqualTo(2);
        assertThat(ring.weightFrom(2)).isEqualTo(1);
        assertThat(ring.weightFrom(3)).isZero();
    }

    @Test
    void shouldTellWhatHasExpired() {
        for (int i = 0; i < 5; i++) {
            add(hot);
        }
        assertThat(ring.get(0)).isNull();
        assertThat(ring.get(1)).isNull();
        assertThat(ring.get(2)).isNotNull();
        assertThat(hot.queued()).isEqualTo(3);
    }

    @Test
    void shouldKeepAnOldMessageOfAChannelWithFewBehindWhichManyHaveExpired() {
        QueuedEntry old = add(cold);
        for (int i = 0; i < 100; i++) {
            add(hot);
        }
        assertThat(ring.get(0)).isSameAs(old);
        assertThat(ring.get(50)).isNull();
        assertThat(ring.get(98)).isNotNull();
    }

    @Test
    void shouldGiveNewNumbersWhenMostHasExpired() {
        QueuedEntry old = add(cold);
        while (!ring.isSparse()) {
            add(hot);
        }
        QueuedEntry newest = ring.get(ring.head() - 1);
        LongUnaryOperator numbers = ring.compact();
        assertThat(numbers.applyAsLong(0)).isEqualTo(ring.head() - 4);
        assertThat(numbers.applyAsLong(1)).isEqualTo(ring.head() - 3);
        assertThat(numbers.applyAsLong(ring.head() - 1)).isEqualTo(ring.head() - 1);
        assertThat(numbers.applyAsLong(ring.head())).isEqualTo(ring.head());
        assertThat(ring.get(ring.head() - 4)).isSameAs(old);
        assertThat(ring.get(ring.head() - 1)).isSameAs(newest);
    }

    @Test
    void shouldNameTheChannelsThatHaveLostMessages() {
        add(hot);
        add(cold);
        for (int i = 0; i < 3; i++) {
            add(hot);
        }
        ring.trim();
        assertThat(ring.lostFrom(0)).isEqualTo(List.of("hot"));
        assertThat(ring.lostFrom(1)).isEmpty();
    }

    @Test
    void shouldNameAChannelThoughNothingWasLeftForAMoment() {
        Channel one = new Channel("one", 1);
        add(one);
        add(one);
        ring.trim();
        assertThat(ring.oldest()).isEqualTo(1);
        assertThat(ring.lostFrom(0)).isEqualTo(List.of("one"));
    }

    @Test
    void shouldNameAChannelWhoseMessageHasExpiredInAnotherRing() {
        Ring other = new Ring();
        QueuedEntry entry = new QueuedEntry(hot, new LogRecord(++position, 0, PUBLICATION, Optional.empty()),
                new byte[1], 2);
        ring.add(entry);
        other.add(entry);
        for (int i = 0; i < 3; i++) {
            add(hot);
        }
        ring.trim();
        other.trim();
        assertThat(ring.lostFrom(0)).isEqualTo(List.of("hot"));
        assertThat(other.lostFrom(0)).isEqualTo(List.of("hot"));
    }

    @Test
    void shouldForgetWhatWasLostOnceAllHaveTakenWhatFollows() {
        for (int i = 0; i < 4; i++) {
            add(hot);
        }
        ring.trim();
        assertThat(ring.lostFrom(0)).isEqualTo(List.of("hot"));
        ring.taken(1, 4);
        ring.trim();
        assertThat(ring.oldest()).isEqualTo(ring.head());
        assertThat(ring.lostFrom(0)).isEmpty();
    }

    @Test
    void shouldCountStreamsThatAreSentTheSameTogether() {
        QueuedEntry entry = new QueuedEntry(hot, new LogRecord(++position, 0, PUBLICATION, Optional.empty()),
                new byte[1], 3);
        ring.add(entry);
        ring.delivered(0, 1);
        ring.delivered(0, 1);
        ring.settle();
        assertThat(hot.queued()).isEqualTo(1);
        ring.delivered(0, 1);
        assertThat(hot.queued()).isEqualTo(1);
        ring.settle();
        assertThat(hot.queued()).isZero();
        assertThat(ring.oldest()).isEqualTo(1);
        ring.settle();
        assertThat(hot.queued()).isZero();
    }

    @Test
    void shouldCountStreamsThatAreSentOtherMessagesAtOnce() {
        add(hot);
        add(cold);
        ring.delivered(0, 1);
        ring.delivered(1, 2);
        assertThat(hot.queued()).isZero();
        assertThat(cold.queued()).isEqualTo(1);
        ring.taken(2, 2);
        assertThat(cold.queued()).isZero();
    }

    @Test
    void shouldCountNothingOfMessagesThatAreGone() {
        for (int i = 0; i < 6; i++) {
            add(hot);
        }
        ring.trim();
        ring.taken(0, 4);
        ring.trim();
        assertThat(ring.oldest()).isEqualTo(4);
        assertThat(hot.queued()).isEqualTo(2);
    }

    @Test
    void shouldKeepMessagesInOrderWhileItGrows() {
        Channel wide = new Channel("wide", 5000);
        List<QueuedEntry> entries = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            entries.add(add(wide));
        }
        for (int i = 0; i < entries.size(); i++) {
            assertThat(ring.get(i)).isSameAs(entries.get(i));
        }
        assertThat(ring.isSparse()).isFalse();
    }
}
