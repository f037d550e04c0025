package dev.tinysse.broker.log.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.LogRecord;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel beside a queue of what it should have. */
class MemoryChannelTest {
    private static final String EPOCH = "01234567";
    private static final int CHUNK = 64 * 1024;
    private static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "192.0.2.1", 40_000, Map.of());

    private final MemoryChannel channel = new MemoryChannel("a", 0, 0);
    private final Deque<LogRecord> expected = new ArrayDeque<>();
    private long position;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK})
    void shouldKeepDataOfAnySize(int size) {
        for (int i = 0; i < 20; i++) {
            add(Message.of((char) ('a' + i) + "\u00e9".repeat(size / 2)), Optional.empty());
        }
        assertHasExpected();
    }

    @Test
    void shouldKeepMessagesOfAllKindsWhileItGrowsAndShrinks() {
        Random random = new Random(13);
        for (int round = 0; round < 40; round++) {
            int target = random.nextInt(1 << random.nextInt(12));
            while (channel.size() < target) {
                add(message(random), random.nextInt(8) == 0 ? Optional.of("{}") : Optional.empty());
            }
            while (channel.size() > target) {
                assertThat(channel.dropOldest(0)).isEqualTo(expected.removeFirst().position());
            }
            assertHasExpected();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000, CHUNK / 8, CHUNK / 2 + 1, CHUNK - 1})
    void shouldTakeLittleMoreThanTheData(int size) {
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 2000; i++) {
            add(Message.of("x".repeat(size)), Optional.empty());
            arrays.add(((StoredRecord.Data) channel.at(channel.size() - 1).content()).bytes());
        }
        assertThat(arrays.stream().mapToLong(array -> array.length).sum()).isLessThan(2000L * size * 5 / 4);
    }

    @Test
    void shouldFindTheFirstBehindAPosition() {
        for (int i = 0; i < 5; i++) {
            add(Message.of("x"), Optional.empty());
        }
        channel.dropOldest(0);

        assertThat(channel.firstBehind(0)).isZero();
        assertThat(channel.firstBehind(channel.position(2))).isEqualTo(3);
        assertThat(channel.firstBehind(channel.position(2) - 1)).isEqualTo(2);
        assertThat(channel.firstBehind(channel.position(3))).isEqualTo(4);
    }

    private static Message message(Random random) {
        String data = "\ud83d\ude00d".repeat(random.nextInt(1 << random.nextInt(9)));
        return switch (random.nextInt(4)) {
            case 0 -> Message.builder().event("e").data(data).build();
            case 1 -> Message.builder().id("i" + random.nextInt()).data(data).build();
            default -> Message.of(data);
        };
    }

    private void add(Message message, Optional<String> attributes) {
        long previous = position;
        position += 3;
        Publication publication = Publication.of(REQUEST, message).withChannel("a");
        channel.add(position, publication, REQUEST, 0, attributes);
        Message kept = message.id().isPresent() ? message : message.withId("01234567-%013d".formatted(0));
        expected.add(new LogRecord(position, previous, publication.withMessage(kept), attributes));
    }

    private void assertHasExpected() {
        assertThat(channel.size()).isEqualTo(expected.size());
        Iterator<LogRecord> each = expected.iterator();
        for (int i = 0; i < channel.size(); i++) {
            LogRecord wanted = each.next();
            StoredRecord kept = channel.at(i);
            LogRecord record = kept.record(EPOCH);
            assertThat(channel.position(i)).isEqualTo(wanted.position());
            assertThat(record.position()).isEqualTo(wanted.position());
            assertThat(record.previous()).isEqualTo(wanted.previous());
            assertThat(record.attributes()).isEqualTo(wanted.attributes());
            assertThat(record.publication().request()).isSameAs(REQUEST);
            assertThat(record.publication().channel()).isEqualTo("a");
            Message message = record.publication().message();
            assertThat(message.data()).isEqualTo(wanted.publication().message().data());
            assertThat(message.event()).isEqualTo(wanted.publication().message().event());
            assertThat(kept.ownId()).isEqualTo(
                    wanted.publication().message().id().filter(id -> id.startsWith("i")));
        }
    }
}
