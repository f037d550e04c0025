package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Protocol;

/** The records of one channel, in order, fetched some at a time. For one thread. */
final class ChannelCursor {
    /** Fields of an entry of the channel's stream. */
    private static final int PREVIOUS = 1;
    private static final int NUMBER = 3;
    private static final int OFFSETS = 7;
    private static final int CONTENT = 9;

    private final EngineConnection connection;
    private final byte[] stream;
    private final Records records;
    private final long upTo;
    private final LogRange range;
    private final String epoch;
    /** How many of the first messages of the channel have been dropped. */
    private final long dropped;
    private long after;
    private int step;
    private List<LogRecord> fetched = List.of();
    private int next;
    private LogRecord record;
    private boolean complete;

    ChannelCursor(EngineConnection connection, byte[] stream, Records records, long after, long upTo, int step,
            LogRange range, String epoch, long dropped) throws EngineException {
        this.connection = connection;
        this.stream = stream;
        this.records = records;
        this.after = after;
        this.upTo = upTo;
        this.step = Math.min(step, range.maxRecords() + 1);
        this.range = range;
        this.epoch = epoch;
        this.dropped = dropped;
        advance();
    }

    /** The next record, or null. */
    LogRecord peek() {
        return record;
    }

    /** Takes the next record. */
    LogRecord next() throws EngineException {
        LogRecord taken = record;
        advance();
        return taken;
    }

    private void advance() throws EngineException {
        while (next == fetched.size() && !complete) {
            fetch();
        }
        record = next == fetched.size() ? null : fetched.get(next++);
    }

    private void fetch() throws EngineException {
        List<?> entries = (List<?>) connection.call(Protocol.Command.XRANGE, stream,
                StreamIds.bytes(Math.max(0, after) + 1), "+", "COUNT", step);
        fetched = new ArrayList<>();
        next = 0;
        complete = entries.size() < step;
        long bytes = 0;
        for (Object entry : entries) {
            List<?> fields = (List<?>) ((List<?>) entry).get(1);
            bytes += ((byte[]) fields.get(CONTENT)).length;
            long last = StreamIds.position(((List<?>) entry).get(0));
            read(last, fields);
            after = last;
            complete |= last >= upTo;
        }
        if (!complete) {
            step = nextStep(bytes / entries.size());
        }
    }

    /** Reads the messages of an entry. */
    private void read(long last, List<?> fields) {
        List<StoredMessage> messages = StoredMessage.of((byte[]) fields.get(OFFSETS), 0, (byte[]) fields.get(CONTENT));
        long previous = StreamIds.position(fields.get(PREVIOUS));
        long number = Long.parseLong(EngineConnection.text(fields.get(NUMBER)));
        for (StoredMessage message : messages) {
            long at = last - messages.getLast().offset() + message.offset();
            if (++number > dropped && at > after && at <= upTo) {
                fetched.add(records.record(at, previous, message, epoch));
            }
            previous = at;
        }
    }

    /** As many as there is room for in the page, if they are as large as these. */
    private int nextStep(long average) {
        return (int) Math.max(1, Math.min(range.maxRecords() + 1L, range.maxBytes() / Math.max(1, average)));
    }
}
