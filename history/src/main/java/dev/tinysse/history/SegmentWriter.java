package dev.tinysse.history;

import dev.tinysse.broker.figures.Distribution;
import dev.tinysse.broker.figures.Timings;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.history.disk.ProgressFile;
import dev.tinysse.history.disk.ProgressNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Writes to the end of the newest segment, and begins a new one when it is full. For the thread that writes.
 *
 * <p>Under {@code synced}, zeros are written ahead: a sync of bytes that the file has already writes nothing else, and takes two
 * thirds of the time.
 */
final class SegmentWriter {
    private static final System.Logger LOGGER = System.getLogger("tinysse");
    private static final int AHEAD = 1 << 20;

    private final Segments segments;
    private final Directory directory;
    private final Durability durability;
    private final long segmentSize;
    private final PositionSource positions;
    private final ProgressFile progress;
    private final RecordWriter seal = new RecordWriter();
    private final Timings syncs = new Timings();
    private boolean writable;

    SegmentWriter(Segments segments, Directory directory, Durability durability, long segmentSize,
            PositionSource positions, ProgressFile progress) {
        this.segments = segments;
        this.directory = directory;
        this.durability = durability;
        this.segmentSize = segmentSize;
        this.positions = positions;
        this.progress = progress;
    }

    /** {@return how long syncs took; for any thread} */
    Distribution syncs() {
        return syncs.distribution();
    }

    /** Says whether the newest segment may be written on. */
    void writable(boolean is) {
        writable = is;
    }

    /** {@return whether the next write begins a new segment} */
    boolean isFull() {
        return !writable || segments.table().getLast().end() >= segmentSize;
    }

    /** {@return the segment to write to} */
    Segment segment() throws LogException {
        Segment newest = segments.table().isEmpty() ? null : segments.table().getLast();
        if (newest != null && !isFull()) {
            return newest;
        }
        try {
            if (writable) {
                seal(newest);
                writable = false;
            }
            Segment next = segments.add();
            writable = true;
            return next;
        } catch (IOException e) {
            throw failure(e, AHEAD);
        }
    }

    private void seal(Segment segment) throws IOException, LogException {
        seal.begin(segment);
        seal.seal(segment.last());
        write(segment, seal);
        segment.file().truncate(segment.end());
        segment.size(segment.end());
        if (durability == Durability.WRITTEN) {
            sync(segment);
        }
    }

    /** Writes records; they are durable at the level of the log when this returns. */
    void write(Segment segment, RecordWriter records) throws LogException {
        long end = segment.end();
        note(segment);
        try {
            writeAhead(segment, end + records.length());
            Segments.append(segment, records.bytes(), records.length());
        } catch (IOException e) {
            LogException failure = failure(e, records.length());
            cutOff(segment, end);
            throw failure;
        }
        if (durability == Durability.SYNCED) {
            sync(segment);
        }
    }

    /** Notes how far the log has come; if that fails, less is known after a crash. */
    private void note(Segment segment) throws LogException {
        try {
            progress.note(new ProgressNote(segment.number(), segment.generation(), segment.end(), positions.last(),
                    ProgressNote.none().self()));
        } catch (IOException e) {
            Optional<String> disturbed = segments.disturbed();
            if (disturbed.isPresent()) {
                throw new LogException(LogException.Kind.FAILED, disturbed.get(), e);
            }
            LOGGER.log(System.Logger.Level.DEBUG, "cannot write the history checkpoint", e);
        }
    }

    private void writeAhead(Segment segment, long end) {
        long to = end + Math.min(AHEAD, segmentSize / 4);
        if (durability == Durability.SYNCED && end > segment.size()) {
            try {
                segment.file().write(ByteBuffer.allocate((int) (to - end)), end);
                segment.size(to);
            } catch (IOException e) {
                // without room for this there may still be room for what is to be written, which says so if not
                LOGGER.log(System.Logger.Level.DEBUG, "no disk space to write ahead", e);
            }
        }
    }

    private static void cutOff(Segment segment, long end) throws LogException {
        try {
            segment.file().truncate(end);
            segment.size(end);
        } catch (IOException e) {
            throw new LogException(LogException.Kind.FAILED,
                    "cannot truncate an incomplete record: " + segment.path() + ": " + e.getMessage(), e);
        }
    }

    private void sync(Segment segment) throws LogException {
        long began = System.nanoTime();
        try {
            segment.file().sync();
            syncs.addOwned(System.nanoTime() - began);
        } catch (IOException e) {
            throw new LogException(LogException.Kind.FAILED,
                    "sync failed: " + segment.path() + ": " + e.getMessage(), e);
        }
    }

    private LogException failure(IOException e, int bytes) {
        return directory.disk().isFull(directory.path(), e, bytes)
                ? new LogException(LogException.Kind.FULL, "no disk space for history: " + directory.path(), e)
                : new LogException(LogException.Kind.FAILED,
                        "cannot write history: " + directory.path() + ": " + e.getMessage(), e);
    }

    /** Makes sure that the disk has all, and gives back what was written ahead. */
    void close() throws LogException {
        if (writable) {
            Segment newest = segments.table().getLast();
            cutOff(newest, newest.end());
            sync(newest);
        }
    }
}
