package dev.tinysse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
    private static final Publication PUBLICATION = Publication
            .of(new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of()), Message.of("x"));

    private final Ring ring = new Ring(3);

    private Receipt append() {
        return append(ring);
    }

    private static Receipt append(Ring ring) {
        return ring.append(PUBLICATION, new byte[]{'x'}).orElseThrow();
    }

    @Test
    void shouldQueueNothingWithoutStreams() {
        append();
        assertThat(append()).isEqualTo(new Receipt(0, 0, Optional.empty()));
    }

    @Test
    void shouldCountOneMoreForEachMessageThatSomeStreamHasNotTaken() {
        ring.join();
        ring.join();
        assertThat(append()).isEqualTo(new Receipt(1, 2, Optional.empty()));
        ring.taken(0, 1, 1);
        assertThat(append()).isEqualTo(new Receipt(2, 2, Optional.empty()));
    }

    @Test
    void shouldCountOnlyTheNewMessageWhenAllElseIsTaken() {
        ring.join();
        append();
        append();
        ring.taken(0, 2, 1);
        assertThat(append().queued()).isEqualTo(1);
    }

    @Test
    void shouldNeverCountMoreThanTheCapacity() {
        ring.join();
        for (int i = 0; i < 10; i++) {
            append();
        }
        assertThat(append().queued()).isEqualTo(3);
    }

    @Test
    void shouldForgetWhatOnlyAStreamThatHasGoneHadNotTaken() {
        long slow = ring.join();
        ring.join();
        append();
        append();
        ring.taken(0, 2, 1);
        ring.leave(slow);
        assertThat(append()).isEqualTo(new Receipt(1, 1, Optional.empty()));
    }

    @Test
    void shouldNotCountAMessageWithNothingToDeliver() {
        ring.join();
        append();
        assertThat(ring.appendNothing()).contains(new Receipt(1, 0, Optional.empty()));
        assertThat(ring.head()).isEqualTo(1);
    }

    @Test
    void shouldTellWhatHasBeenOverwritten() {
        for (int i = 0; i < 5; i++) {
            append();
        }
        assertThat(ring.oldest()).isEqualTo(2);
        assertThat(ring.get(1)).isNull();
        assertThat(ring.get(2).sequence).isEqualTo(2);
        assertThat(ring.get(4).sequence).isEqualTo(4);
    }

    @Test
    void shouldTakeNoMoreOnceClosed() {
        ring.close();
        assertThat(ring.append(PUBLICATION, new byte[1])).isEqualTo(Optional.empty());
        assertThat(ring.appendNothing()).isEqualTo(Optional.empty());
        assertThat(ring.head()).isZero();
    }

    /** Streams as plain cursors, and what is queued as the distance of the slowest of them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldCountAsANaiveModelDoes(long seed) {
        Random random = new Random(seed);
        int capacity = 1 + random.nextInt(20);
        Ring tested = new Ring(capacity);
        List<Long> cursors = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int which = cursors.isEmpty() ? 0 : random.nextInt(cursors.size());
            switch (random.nextInt(6)) {
                case 0 -> cursors.add(tested.join());
                case 1 -> {
                    if (!cursors.isEmpty()) {
                        tested.leave(cursors.remove(which));
                    }
                }
                case 2, 3 -> {
                    if (!cursors.isEmpty()) {
                        long from = Math.max(cursors.get(which), tested.oldest());
                        long to = from + random.nextLong(tested.head() - from + 1);
                        tested.taken(from, to, 1);
                        cursors.set(which, to);
                    }
                }
                default -> {
                    Receipt receipt = append(tested);
                    long slowest = cursors.stream().mapToLong(Long::longValue).min().orElse(tested.head());
                    assertThat(receipt).isEqualTo(
                            new Receipt((int) Math.min(capacity, tested.head() - slowest), cursors.size(),
                                    Optional.empty()));
                }
            }
        }
    }
}
