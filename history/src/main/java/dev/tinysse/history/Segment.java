package dev.tinysse.history;

import dev.tinysse.history.disk.DiskFile;
import dev.tinysse.history.disk.FileIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One file of the log, with the places of some of its records. Safe for any thread. It is closed, and its file removed, when it is
 * retired and nobody reads it any more.
 */
final class Segment {
    /** The place of a record is remembered when so many bytes have gone by since the last one. */
    private static final int STEP = 4096;

    private final Path path;
    private final DiskFile file;
    private final SegmentHeader header;
    private volatile long first = Long.MAX_VALUE;
    private volatile long last;
    private volatile long end = SegmentHeader.SIZE;
    private volatile long size;
    private volatile int records;
    private volatile long lastKey;
    private volatile long acknowledged;
    private volatile boolean damaged;
    private long[] positions = new long[8];
    private int[] offsets = new int[8];
    private int places;
    private int users = 1;
    /** How many records are live; under the lock of the index. */
    private int liveRecords;

    Segment(Path path, DiskFile file, SegmentHeader header) throws IOException {
        this.path = path;
        this.file = file;
        this.header = header;
        size = file.size();
    }

    Path path() {
        return path;
    }

    DiskFile file() {
        return file;
    }

    int number() {
        return header.number();
    }

    int generation() {
        return header.generation();
    }

    long salt() {
        return header.salt();
    }

    /** {@return the least position; of an empty segment, one behind all} */
    long first() {
        return first;
    }

    /** {@return the greatest position; 0 of an empty segment} */
    long last() {
        return last;
    }

    /** {@return where the next record goes: what is before is committed} */
    long end() {
        return end;
    }

    void end(long offset) {
        end = offset;
    }

    /** {@return up to where what is in it has been acknowledged, there or not} */
    long acknowledged() {
        return Math.max(acknowledged, end);
    }

    /** Notes what was acknowledged before the log was opened. */
    void acknowledged(long offset) {
        acknowledged = offset;
    }

    /** {@return how long the file is} */
    long size() {
        return size;
    }

    void size(long bytes) {
        size = bytes;
    }

    /** {@return how many messages are in it, live or not} */
    int records() {
        return records;
    }

    /** {@return about when the last key in it was used, as a position; 0 if there is none} */
    long lastKey() {
        return lastKey;
    }

    void addKey(long position) {
        lastKey = position;
    }

    /** {@return whether a record could not be read} */
    boolean isDamaged() {
        return damaged;
    }

    void setDamaged() {
        damaged = true;
    }

    int liveRecords() {
        return liveRecords;
    }

    void liveRecords(int count) {
        liveRecords = count;
    }

    /** {@return what the manifest says of it} */
    Manifest.Entry entry(FileIdentity identity) {
        return new Manifest.Entry(number(), generation(), identity, acknowledged(), Math.min(acknowledged(), size));
    }

    /** Notes a message at an offset. Positions rise. */
    synchronized void add(long position, long offset) {
        if (places == 0 || offset - offsets[places - 1] >= STEP) {
            if (places == positions.length) {
                positions = Arrays.copyOf(positions, 2 * places);
                offsets = Arrays.copyOf(offsets, 2 * places);
            }
            positions[places] = position;
            offsets[places] = Math.toIntExact(offset);
            places++;
        }
        first = Math.min(first, position);
        last = position;
        records++;
    }

    /** {@return the offset of a record that is not behind a position, near to it} */
    synchronized long offsetBefore(long position) {
        int at = Arrays.binarySearch(positions, 0, places, position);
        at = at < 0 ? -2 - at : at;
        return at < 0 ? SegmentHeader.SIZE : offsets[at];
    }

    /** Begins to use the file; false if it is gone. */
    synchronized boolean use() {
        if (users == 0) {
            return false;
        }
        users++;
        return true;
    }

    /** Ends to use the file. */
    void release() throws IOException {
        boolean unused;
        synchronized (this) {
            unused = --users == 0;
        }
        if (unused) {
            file.close();
        }
    }
}
