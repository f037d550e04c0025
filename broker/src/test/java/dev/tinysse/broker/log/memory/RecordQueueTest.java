package dev.tinysse.broker.log.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A queue beside a map of what it should have. */
class RecordQueueTest {
    private static final MemoryChannel CHANNEL = new MemoryChannel("a", 0, 0);

    private final RecordQueue queue = new RecordQueue();
    private final TreeMap<Long, Integer> expected = new TreeMap<>();

    @Test
    void shouldHaveWhatWasAddedAndNotRemovedWhileItGrowsAndShrinks() {
        Random random = new Random(13);
        long position = 0;
        for (int round = 0; round < 60; round++) {
            int target = random.nextInt(1 << random.nextInt(12));
            while (queue.size() < target) {
                position += 1 + random.nextInt(3);
                int size = random.nextInt(1000);
                queue.add(position, CHANNEL, size);
                expected.put(position, size);
            }
            while (queue.size() > target) {
                Map.Entry<Long, Integer> removed = random.nextBoolean()
                        ? expected.firstEntry()
                        : expected.ceilingEntry(
                                expected.firstKey() + random.nextLong(expected.lastKey() - expected.firstKey() + 1));
                expected.remove(removed.getKey());
                assertThat(queue.remove(removed.getKey())).isEqualTo(removed.getValue());
            }
            assertHasExpected();
        }
    }

    private void assertHasExpected() {
        assertThat(queue.isEmpty()).isEqualTo(expected.isEmpty());
        TreeMap<Long, Integer> found = new TreeMap<>();
        for (int i = queue.firstBehind(0); i < queue.end(); i++) {
            if (queue.channel(i) != null) {
                found.put(queue.position(i), expected.get(queue.position(i)));
            }
        }
        assertThat(found).isEqualTo(expected);
        if (!expected.isEmpty()) {
            assertThat(queue.oldest()).isEqualTo(expected.firstKey());
        }
    }
}
