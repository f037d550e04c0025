package dev.tinysse.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RetriesPropertyTest {
    private static final StreamConfig CONFIG = new StreamConfig(ContentType.BYTES, new Expiry.Never(), false,
            List.of());

    /** A store in one of its runs. */
    private static final class Store implements StoreState {
        private long run = 1;
        private long last = 1;

        void restart() {
            run = ++last;
        }

        @Override
        public boolean full() {
            return false;
        }

        @Override
        public long next() {
            return ++last;
        }

        @Override
        public LineageEpoch epoch() {
            return new LineageEpoch(run, last);
        }
    }

    @Property(tries = 200)
    void shouldAppendOnceAndKeepEveryOffset(@ForAll long seed) {
        Random random = new Random(seed);
        Store store = new Store();
        List<StreamRecord> records = new ArrayList<>();
        records.add(accepted(StreamState.decide(Optional.empty(),
                new StreamRequest.Create(CONFIG, true, Optional.empty(), new byte[0], false), store)));
        StreamState state = fold(records);
        Map<String, Long> sent = new HashMap<>();
        List<Offset> offsets = new ArrayList<>();
        long expected = 0;
        for (int i = 0; i < 200; i++) {
            if (random.nextInt(20) == 0) {
                store.restart();
                state = fold(records);
            }
            String id = "p" + random.nextInt(3);
            long next = sent.getOrDefault(id, 0L);
            long seq = Math.max(0, next + random.nextInt(4) - 2);
            byte[] data = new byte[1 + random.nextInt(5)];
            Decision decision = StreamState.decide(Optional.of(state), new StreamRequest.Append(0,
                    Optional.of(ContentType.BYTES), data, Optional.of(new Producer(id, 0, seq)), Optional.empty(),
                    false), store);
            if (seq == next) {
                StreamRecord written = accepted(decision);
                records.add(written);
                state.apply(written);
                sent.put(id, next + 1);
                expected += data.length;
                offsets.add(state.lineages().at(state.tail()));
            } else if (seq < next) {
                assertThat(decision).isEqualTo(new Decision.Duplicate(new Producer(id, 0, next - 1), false));
            } else {
                assertThat(decision).isEqualTo(new Decision.ProducerGap(next));
            }
        }
        assertThat(state.tail()).isEqualTo(expected);
        assertThat(offsets.stream().map(Offset::toString).toList()).isSorted().doesNotHaveDuplicates();
        for (Offset offset : offsets) {
            assertThat(state.lineages().resolve(offset, state.tail(), store.epoch()))
                    .isEqualTo(new Resolved.Position(offset.position()));
        }
        StreamState again = fold(records);
        assertThat(again.tail()).isEqualTo(state.tail());
        assertThat(again.lineages().at(again.tail())).isEqualTo(state.lineages().at(state.tail()));
    }

    private static StreamRecord accepted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Accept.class);
        return ((Decision.Accept) decision).written();
    }

    private static StreamState fold(List<StreamRecord> records) {
        StreamState state = new StreamState((StreamRecord.Created) records.getFirst());
        records.stream().skip(1).forEach(state::apply);
        return state;
    }
}
