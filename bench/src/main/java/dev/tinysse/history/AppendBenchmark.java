package dev.tinysse.history;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.history.disk.DiskFile;
import dev.tinysse.history.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The cost of history on a disk: one sync of a small append, and publications per second at each level, from one thread and from many;
 * then how long the newest 10,000 take to be read. Its argument is a directory on that disk, in which it makes one of its own and
 * removes it again.
 */
public final class AppendBenchmark {
    private static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 40_000,
            Map.of("host", "127.0.0.1:1983", "content-type", "application/json", "content-length", "280",
                    "user-agent", "bench"));
    private static final String DATA = "x".repeat(256);
    private static final int COUNT = 10_000;
    private static final Duration EACH = Duration.ofSeconds(3);

    private AppendBenchmark() {}

    /**
     * Measures, and prints a line for each result.
     *
     * @param args the directory, by default the present one
     * @throws Exception if the directory cannot be used
     */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(args.length == 0 ? "." : args[0]), "append-benchmark-");
        try {
            printSyncs(directory.resolve("disk"));
            for (int threads : new int[]{1, 64}) {
                try (EventLog log = new MemoryLog(config(0))) {
                    print("no history", threads, log);
                }
                try (EventLog log = new MemoryLog(config(COUNT))) {
                    print("memory", threads, log);
                }
                for (Durability level : new Durability[]{Durability.WRITTEN, Durability.SYNCED}) {
                    try (EventLog log = new Opening(level, config(COUNT), "boot")
                            .open(directory.resolve(level.name() + threads), new RealDisk())) {
                        print(level.name().toLowerCase(Locale.ROOT), threads, log);
                    }
                }
            }
        } finally {
            remove(directory);
        }
    }

    private static LogConfig config(int count) {
        return new LogConfig(count, Duration.ZERO, 1_000_000_000, InstantSource.system());
    }

    /** The limit of the disk: one thread that writes 300 bytes into an existing file, and syncs. */
    private static void printSyncs(Path path) throws IOException {
        try (DiskFile file = new RealDisk().open(path)) {
            file.write(ByteBuffer.allocate(1 << 24), 0);
            file.sync();
            long[] nanos = new long[2000];
            for (int i = 0; i < nanos.length; i++) {
                long begin = System.nanoTime();
                file.write(ByteBuffer.allocate(300), i * 300L);
                file.sync();
                nanos[i] = System.nanoTime() - begin;
            }
            Arrays.sort(nanos);
            System.out.printf("one fdatasync of 300 bytes: median %.3f ms, 99th percentile %.3f ms%n",
                    nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
        }
    }

    private static void print(String level, int threads, EventLog log) throws Exception {
        log.follow(record -> new PublishResult.Accepted(0, 0, record.publication().message().id()));
        run(log, threads, EACH.dividedBy(3));
        Run run = run(log, threads, EACH);
        long[] nanos = run.nanos;
        Arrays.sort(nanos);
        System.out.printf("%-10s %2d publishers: %,9.0f a second, median %.3f ms, 99th percentile %.3f ms%s%n", level,
                threads, run.appends / (EACH.toNanos() / 1e9), nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6, log.hasHistory() ? ", " + reading(log) : "");
    }

    /** How many appends there were, and how long the first ones took. */
    private record Run(int appends, long[] nanos) {}

    private static Run run(EventLog log, int threads, Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        long[] nanos = new long[1_000_000];
        AtomicInteger count = new AtomicInteger();
        try (ExecutorService publishers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                publishers.execute(() -> {
                    for (long begin = System.nanoTime(); begin < end;) {
                        Publication publication = Publication.of(REQUEST, Message.of(DATA));
                        Append append = new Append(List.of(new Append.Item(publication, Optional.empty())));
                        log.append(append);
                        append.outcome().join();
                        long now = System.nanoTime();
                        int index = count.getAndIncrement();
                        if (index < nanos.length) {
                            nanos[index] = now - begin;
                        }
                        begin = now;
                    }
                });
            }
        }
        return new Run(count.get(), Arrays.copyOf(nanos, Math.min(nanos.length, count.get())));
    }

    private static String reading(EventLog log) throws Exception {
        double best = Double.MAX_VALUE;
        LongAdder read = new LongAdder();
        for (int round = 0; round < 20; round++) {
            read.reset();
            long begin = System.nanoTime();
            long after = 0;
            while (after >= 0) {
                LogPage page = log.read(new LogRange(ChannelSet.DEFAULT, after, Long.MAX_VALUE, 500, 1 << 18));
                read.add(page.records().size());
                after = page.complete() ? -1 : page.records().getLast().position();
            }
            best = Math.min(best, (System.nanoTime() - begin) / 1e6);
        }
        return "%,d read in %.1f ms".formatted(read.intValue(), best);
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
