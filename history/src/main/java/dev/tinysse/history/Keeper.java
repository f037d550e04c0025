package dev.tinysse.history;

import dev.tinysse.broker.log.LogConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Enforces the limits on the files and their index: removes segments without live records, compacts those with few live
 * records, and drops the oldest beyond the limits. Runs in a thread of its own.
 */
final class Keeper implements Runnable {
    private static final System.Logger LOGGER = System.getLogger("tinysse");
    private static final long PAUSE_MILLIS = 1000;
    /** The index may take this part of the heap. */
    private static final int HEAP_PART = 4;
    /** Segments are compacted when at most this share of them is live: always, and when there is no disk space. */
    private static final double SPARSE = 0.2;
    private static final double HALF = 0.5;

    private final Segments segments;
    private final Index index;
    private final PositionSource positions;
    private final LogConfig config;
    private final Rewriter rewriter;
    private final long segmentSize;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopped;
    private boolean warned;

    Keeper(Segments segments, Index index, PositionSource positions, LogConfig config, long segmentSize) {
        this.segments = segments;
        this.index = index;
        this.positions = positions;
        this.config = config;
        this.segmentSize = segmentSize;
        rewriter = new Rewriter(segments, index, config.clock());
    }

    /** Looks at the files at once; for any thread. */
    void wake() {
        wake.release();
    }

    /** Ends the thread, when it has done what it does; for any thread. */
    void stop() {
        stopped = true;
        wake();
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                keep();
                warned = false;
            } catch (IOException | RuntimeException e) {
                if (!warned) {
                    LOGGER.log(System.Logger.Level.WARNING, "cannot compact history: {0}", e.toString());
                }
                warned = true;
            }
            try {
                boolean woken = wake.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (woken) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void keep() throws IOException {
        long oldest = index.oldest();
        if (oldest > 0) {
            index.dropBefore(oldest);
        }
        removeUnused();
        List<Segment> sparse = run(SPARSE);
        if (!sparse.isEmpty()) {
            rewriter.rewrite(sparse);
        }
        while (!stopped && isOverLimit() && segments.table().size() > 1) {
            makeRoom();
        }
    }

    private boolean isOverLimit() {
        return segments.size() > config.size() || index.heapBytes() > Runtime.getRuntime().maxMemory() / HEAP_PART;
    }

    private List<Segment> sealed() {
        List<Segment> table = segments.table();
        return table.isEmpty() ? table : table.subList(0, table.size() - 1);
    }

    private void removeUnused() throws IOException {
        long oldestKey = Rewriter.oldestKey(config.clock());
        List<Segment> unused = new ArrayList<>();
        for (Segment segment : sealed()) {
            if (liveRecords(segment) == 0 && segment.lastKey() < oldestKey && !segment.isDamaged()) {
                unused.add(segment);
            }
        }
        if (!unused.isEmpty()) {
            segments.remove(unused, new Index.Forgotten(0, 0));
        }
    }

    private void makeRoom() throws IOException {
        List<Segment> sparse = run(HALF);
        if (!sparse.isEmpty()) {
            try {
                rewriter.rewrite(sparse);
                return;
            } catch (IOException e) {
                LOGGER.log(System.Logger.Level.DEBUG, "no disk space to compact history", e);
            }
        }
        Segment oldest = segments.table().getFirst();
        index.dropBefore(oldest.last() + 1);
        segments.remove(List.of(oldest), new Index.Forgotten(oldest.last(), positions.next()));
    }

    /** The segment with the smallest live share, if that is at most a part of it, and neighbours; one with keys alone has nothing to drop. */
    private List<Segment> run(double part) {
        List<Segment> sealed = sealed();
        int least = -1;
        for (int i = 0; i < sealed.size(); i++) {
            if (!sealed.get(i).isDamaged() && sealed.get(i).records() > 0 && share(sealed.get(i)) <= part
                    && (least < 0 || share(sealed.get(i)) < share(sealed.get(least)))) {
                least = i;
            }
        }
        if (least < 0) {
            return List.of();
        }
        int from = least;
        int to = least + 1;
        double bytes = storedBytes(sealed.get(least));
        while (to < sealed.size() && isMergeable(sealed.get(to), bytes)) {
            bytes += storedBytes(sealed.get(to++));
        }
        while (from > 0 && isMergeable(sealed.get(from - 1), bytes)) {
            bytes += storedBytes(sealed.get(--from));
        }
        return List.copyOf(sealed.subList(from, to));
    }

    private boolean isMergeable(Segment segment, double bytes) {
        return !segment.isDamaged() && (share(segment) <= HALF || segment.size() < segmentSize / 4)
                && bytes + storedBytes(segment) <= segmentSize;
    }

    private double storedBytes(Segment segment) {
        return share(segment) * segment.size();
    }

    private double share(Segment segment) {
        return segment.records() == 0 ? 0 : (double) liveRecords(segment) / segment.records();
    }

    private int liveRecords(Segment segment) {
        try (var _ = index.locked()) {
            return segment.liveRecords();
        }
    }
}
