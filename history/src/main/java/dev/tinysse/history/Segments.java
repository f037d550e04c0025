package dev.tinysse.history;

import dev.tinysse.history.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the log in order, of which the last one is written, and the manifest that names them. Safe for any thread; changes wait
 * for each other and for the disk.
 */
final class Segments {
    private final Directory directory;
    private final Index index;
    private volatile List<Segment> table;
    private Manifest manifest;

    Segments(Directory directory, Index index, Manifest manifest, List<Segment> table) {
        this.directory = directory;
        this.index = index;
        this.manifest = manifest;
        this.table = List.copyOf(table);
    }

    /** {@return the files at this moment, unmodifiable} */
    List<Segment> table() {
        return table;
    }

    /** {@return the segment in which a position is, if it is anywhere; null if it is before all} */
    static Segment find(List<Segment> table, long position) {
        int low = 0;
        int high = table.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (table.get(middle).first() > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == 0 ? null : table.get(low - 1);
    }

    /** A record is not live any more; under the lock of the index. */
    void dead(long position) {
        Segment segment = find(table, position);
        if (segment != null) {
            segment.liveRecords(segment.liveRecords() - 1);
        }
    }

    /** {@return what all files take} */
    long size() {
        return table.stream().mapToLong(Segment::size).sum();
    }

    /** {@return what the manifest said when the log was opened, or says now} */
    synchronized Manifest manifest() {
        return manifest;
    }

    /** Begins a new segment. */
    synchronized Segment add() throws IOException {
        int number = table.isEmpty() ? 1 : table.getLast().number() + 1;
        Segment next = create(number, 0);
        List<Segment> longer = new ArrayList<>(table);
        longer.add(next);
        try {
            replaceTable(longer, manifest.cut());
        } catch (IOException e) {
            discard(next);
            throw e;
        }
        return next;
    }

    /** Makes the file of a segment, which is not part of the log yet. */
    Segment create(int number, int generation) throws IOException {
        Path path = directory.segment(number, generation);
        directory.disk().delete(path);
        SegmentHeader header = SegmentHeader.create(number, generation);
        DiskFile file = directory.disk().open(path);
        try {
            file.write(header.bytes(), 0);
            file.sync();
            return new Segment(path, file, header);
        } catch (IOException e) {
            file.close();
            directory.disk().delete(path);
            throw e;
        }
    }

    /**
     * Takes the oldest segments away.
     *
     * @param old without live records
     * @param cut notes what has gone with them
     */
    synchronized void remove(List<Segment> old, Index.Forgotten cut) throws IOException {
        List<Segment> shorter = new ArrayList<>(table);
        shorter.removeAll(old);
        Index.Forgotten latest = cut.through() > manifest.cut().through() ? cut : manifest.cut();
        try {
            replaceTable(shorter, latest);
            delete(old);
        } catch (IOException e) {
            // on a full disk there is no room for the manifest, until a file has gone
            delete(old);
            replaceTable(shorter, latest);
        }
    }

    /** Puts a segment, to which all live records have been copied, in the place of others, which stand next to each other. */
    synchronized void replace(List<Segment> old, Segment copy) throws IOException {
        List<Segment> changed = new ArrayList<>(table);
        int at = changed.indexOf(old.getFirst());
        changed.removeAll(old);
        changed.add(at, copy);
        try (var _ = index.locked()) {
            copy.liveRecords(old.stream().mapToInt(Segment::liveRecords).sum());
            table = List.copyOf(changed);
        }
        replaceTable(changed, manifest.cut());
        delete(old);
    }

    /** Notes that the log has been closed as it should be. */
    synchronized void close() throws IOException {
        Manifest now = manifest(table, manifest.cut());
        directory.replace(new Manifest(now.epoch(), now.former(), now.boot(), false, now.durability(), now.self(),
                now.segments(), now.forgotten(), now.cut(), now.forgets()));
    }

    /** {@return what has been done to the newest file, or to the directory, by another; empty if they are as they were written} */
    synchronized Optional<String> disturbed() {
        Segment newest = table.isEmpty() ? null : table.getLast();
        long end = newest == null ? 0 : newest.end();
        try {
            if (!directory.isThere()) {
                return Optional.of("data directory has been removed or replaced: " + directory.path());
            }
            if (newest != null && (Files.size(newest.path()) < end || !directory.disk().identity(newest.path())
                    .isSame(manifest.segments().getLast().identity()))) {
                return Optional.of("a file of history has been replaced or cut off: " + newest.path());
            }
        } catch (NoSuchFileException e) {
            return Optional.of("a file of history has been removed: " + e.getFile());
        } catch (IOException e) {
            return Optional.of("data directory cannot be used: " + e);
        }
        return Optional.empty();
    }

    private void replaceTable(List<Segment> next, Index.Forgotten cut) throws IOException {
        Manifest changed = manifest(next, cut);
        directory.replace(changed);
        manifest = changed;
        table = List.copyOf(next);
    }

    private Manifest manifest(List<Segment> segments, Index.Forgotten cut) throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (Segment segment : segments) {
            entries.add(segment.entry(directory.disk().identity(segment.path())));
        }
        Map<String, Index.Forgotten> forgets = forgets(segments); // what is in no file any more is in the other from then on
        return new Manifest(manifest.epoch(), manifest.former(), manifest.boot(), true, manifest.durability(),
                manifest.self(), entries, index.forgotten(), cut, forgets);
    }

    /** The deleted channels, as far as they are in files. */
    private Map<String, Index.Forgotten> forgets(List<Segment> segments) {
        try (var _ = index.locked()) {
            index.forgets().values().removeIf(its -> {
                boolean gone = segments.isEmpty() || its.through() < segments.getFirst().first();
                if (gone) {
                    index.gone(its);
                }
                return gone;
            });
            return Map.copyOf(index.forgets());
        }
    }

    /** Writes down what has been forgotten. */
    synchronized void writeForgets() throws IOException {
        replaceTable(table, manifest.cut());
    }

    private void delete(List<Segment> old) throws IOException {
        for (Segment segment : old) {
            directory.disk().delete(segment.path());
            segment.release();
        }
    }

    /** Gives up a segment that has not become part of the log. */
    void discard(Segment segment) throws IOException {
        delete(List.of(segment));
    }

    /** Writes bytes behind the end of a segment, which then ends behind them. */
    static void append(Segment segment, byte[] bytes, int length) throws IOException {
        segment.file().write(ByteBuffer.wrap(bytes, 0, length), segment.end());
        segment.size(Math.max(segment.size(), segment.end() + length));
        segment.end(segment.end() + length);
    }
}
