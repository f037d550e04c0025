package dev.tinysse.broker.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Appends and reads at the same time. */
interface ManyThreadsContract extends HasLogRig {
    int THREADS = 8;
    int EACH = 500;

    @Test
    default void shouldLoseNothingOfManyPublishers() throws Exception {
        rig().keep(THREADS * EACH);
        publishFromManyThreads();

        List<LogRecord> records = rig().followed();
        assertThat(records).hasSize(THREADS * EACH).extracting(LogRecord::position).isSorted()
                .doesNotHaveDuplicates();
        assertThat(LogRig.data(rig().read(List.of("**"), 0, 100))).isEqualTo(LogRig.data(records));
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = thread + ":";
            assertThat(LogRig.data(records)).filteredOn(data -> data.startsWith(prefix))
                    .extracting(data -> Integer.parseInt(data.substring(2))).isSorted().hasSize(EACH);
        }
    }

    @Test
    default void shouldReadWithoutAHoleWhatIsAppendedMeanwhile() throws Exception {
        rig().keep(THREADS * EACH);
        AtomicBoolean ended = new AtomicBoolean();
        // they never wait, and would take the carriers of virtual threads from the publishers
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Callable<List<String>> reader = () -> readUntil(ended);
            List<Future<List<String>>> readers = List.of(threads.submit(reader), threads.submit(reader));
            publishFromManyThreads();
            ended.set(true);

            for (Future<List<String>> read : readers) {
                assertThat(read.get()).isEqualTo(LogRig.data(rig().followed()));
            }
        }
    }

    private List<String> readUntil(AtomicBoolean ended) throws Exception {
        List<LogRecord> records = new ArrayList<>();
        long after = 0;
        boolean last = false;
        while (!last) {
            last = ended.get();
            LogPage page = rig().log()
                    .read(new LogRange(ChannelSet.of(List.of("**")), after, Long.MAX_VALUE, 50, 10_000));
            records.addAll(page.records());
            after = page.records().isEmpty() ? after : page.records().getLast().position();
            last &= page.complete();
        }
        return LogRig.data(records);
    }

    private void publishFromManyThreads() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> publishers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String prefix = thread + ":";
                String channel = "c" + thread % 3;
                publishers.add(threads.submit(() -> {
                    for (int i = 0; i < EACH; i++) {
                        rig().append(new Append(List.of(LogRig.item(channel, prefix + i))));
                    }
                    return null;
                }));
            }
            for (Future<?> publisher : publishers) {
                publisher.get();
            }
        }
    }
}
