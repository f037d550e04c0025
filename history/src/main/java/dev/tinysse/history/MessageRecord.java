package dev.tinysse.history;

import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.ByteSource;
import dev.tinysse.broker.codec.PublicationCodec;
import dev.tinysse.broker.codec.RequestCache;
import dev.tinysse.broker.log.LogRecord;

/** How a message stands in a record: first the position before it in its channel, then the publication. */
final class MessageRecord {
    private MessageRecord() {}

    /**
     * The part of a message that the index needs.
     *
     * @param channel its name
     * @param previous the position before it in the channel
     * @param idHash {@link #hash} of an id that the publisher chose; 0 if there is none
     */
    record Entry(String channel, long previous, int idHash) {}

    /** {@return a hash of an id, never 0} */
    static int hash(String id) {
        int hash = id.hashCode();
        return hash == 0 ? 1 : hash;
    }

    /**
     * Writes a message, whose position is in the header.
     *
     * @param record has an id
     * @param ownId whether the publisher chose it
     */
    static void put(ByteSink to, LogRecord record, boolean ownId) {
        to.putLong(record.previous());
        PublicationCodec.put(to, record.publication(), record.attributes(), ownId);
    }

    /** Reads what the index needs. */
    static Entry entry(byte[] bytes, int from) {
        ByteSource source = new ByteSource(bytes, from);
        long previous = source.getLong();
        PublicationCodec.Begin begin = PublicationCodec.begin(source);
        return new Entry(begin.channel(), previous, begin.ownId() ? hash(begin.id()) : 0);
    }

    /** Reads a message, with an id of an epoch if the publisher chose none. */
    static LogRecord get(byte[] bytes, int from, RecordHeader header, RequestCache requests, String epoch) {
        ByteSource source = new ByteSource(bytes, from);
        long previous = source.getLong();
        PublicationCodec.Decoded decoded = PublicationCodec.get(bytes, source.at(), from + header.length(), requests);
        LogRecord record = new LogRecord(header.position(), previous, decoded.publication(), decoded.attributes());
        return decoded.ownId() ? record : record.withIdOf(epoch);
    }
}
