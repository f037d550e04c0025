package dev.tinysse.streams.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ExpiryQueueTest {
    /** An entry. */
    private static final class Item extends ExpiryQueue.Entry {}

    @Property(tries = 100)
    void shouldGiveTheEarliestFirst(@ForAll long seed) {
        Random random = new Random(seed);
        ExpiryQueue queue = new ExpiryQueue();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Item item = i % 3 == 2 ? items.get(random.nextInt(items.size())) : new Item();
            if (!items.contains(item)) {
                items.add(item);
            }
            queue.put(item, random.nextInt(1000));
            if (random.nextInt(4) == 0) {
                Item removed = items.remove(random.nextInt(items.size()));
                queue.remove(removed);
                queue.remove(removed); // without effect
            }
            if (items.isEmpty()) {
                items.add(new Item());
                queue.put(items.getFirst(), 1);
            }
        }
        items.sort(Comparator.comparingLong(ExpiryQueue.Entry::until));
        for (Item item : items) {
            ExpiryQueue.Entry first = queue.first().orElseThrow();
            assertThat(first.until()).isEqualTo(item.until());
            queue.remove(first);
        }
        assertThat(queue.first()).isEmpty();
    }
}
