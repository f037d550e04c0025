package dev.tinysse.history;

import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.log.LogRecord;

/** Writes records one after the other into memory, for a place in a segment. For one thread. */
final class RecordWriter {
    private final ByteSink sink = new ByteSink();
    private long salt;
    private long base;

    /** Begins again, for what is to be written at the end of a segment. */
    void begin(Segment segment) {
        sink.cut(0);
        salt = segment.salt();
        base = segment.end();
    }

    byte[] bytes() {
        return sink.bytes();
    }

    int length() {
        return sink.length();
    }

    /** {@return where the next record will be in the segment} */
    long offset() {
        return base + sink.length();
    }

    /** Takes back what is behind an offset. */
    void cut(long offset) {
        sink.cut((int) (offset - base));
    }

    void message(LogRecord record, boolean ownId, boolean more) {
        int at = open();
        MessageRecord.put(sink, record, ownId);
        close(at, RecordHeader.MESSAGE, more, record.position());
    }

    /** Writes a key, before its messages if it has any. */
    void key(KeyRecord key, long position) {
        int at = open();
        key.put(sink);
        close(at, RecordHeader.KEY, key.messages() > 0, position);
    }

    void seal(long position) {
        int at = open();
        sink.putByte(0);
        close(at, RecordHeader.SEAL, false, position);
    }

    /** Writes a record as it stands elsewhere. */
    void copy(byte[] content, int from, RecordHeader header) {
        int at = open();
        sink.put(content, from, header.length());
        close(at, header.kind(), false, header.position());
    }

    private int open() {
        int at = sink.length();
        sink.skip(RecordHeader.SIZE);
        return at;
    }

    private void close(int at, int kind, boolean more, long position) {
        int content = at + RecordHeader.SIZE;
        int length = sink.length() - content;
        int checksum = RecordHeader.checksum(sink.bytes(), content, length);
        sink.skip((int) (at + RecordHeader.total(length) - sink.length()) - 1);
        sink.putByte(RecordHeader.END);
        new RecordHeader(length, kind, more, position, checksum).put(sink.bytes(), at, salt, base + at);
    }
}
