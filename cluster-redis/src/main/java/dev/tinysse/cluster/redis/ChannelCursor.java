package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import java.util.List;
import redis.clients.jedis.Protocol;

/** The records of one channel, in order, fetched some at a time. For one thread. */
final class ChannelCursor {
    private static final int MIN_STEP = 16;

    private final EngineConnection connection;
    private final byte[] stream;
    private final Records records;
    private final long upTo;
    private final LogRange range;
    private final String epoch;
    private long after;
    private int step;
    private List<?> fetched = List.of();
    private int next;
    private LogRecord record;
    private boolean complete;

    ChannelCursor(EngineConnection connection, byte[] stream, Records records, long after, long upTo, int step,
            LogRange range, String epoch) throws EngineException {
        this.connection = connection;
        this.stream = stream;
        this.records = records;
        this.after = after;
        this.upTo = upTo;
        this.step = Math.min(step, range.maxRecords() + 1);
        this.range = range;
        this.epoch = epoch;
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
        if (next == fetched.size() && !complete) {
            fetch();
        }
        record = next == fetched.size() ? null : records.recordOf((List<?>) fetched.get(next++), epoch);
    }

    private void fetch() throws EngineException {
        fetched = (List<?>) connection.call(Protocol.Command.XRANGE, stream, StreamIds.bytes(Math.max(0, after) + 1),
                upTo == Long.MAX_VALUE ? "+" : StreamIds.bytes(upTo), "COUNT", step);
        next = 0;
        complete = fetched.size() < step;
        if (!fetched.isEmpty()) {
            after = StreamIds.position(((List<?>) fetched.getLast()).get(0));
            step = nextStep();
        }
    }

    /** As many as there is room for in the page, if they are as large as these. */
    private int nextStep() {
        long bytes = 0;
        for (Object entry : fetched) {
            bytes += ((byte[]) ((List<?>) ((List<?>) entry).get(1)).get(3)).length;
        }
        long average = Math.max(1, bytes / fetched.size());
        return (int) Math.max(MIN_STEP, Math.min(range.maxRecords() + 1L, range.maxBytes() / average));
    }
}
