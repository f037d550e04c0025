package dev.tinysse.broker.tck;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A log with a clock that the test moves, its follower, and short ways to append and read. Safe for any thread. */
public final class LogRig implements AutoCloseable {
    private static final Request REQUEST = new Request("POST", "/sse?a=b", "/sse", "a=b", "192.0.2.1", 40_000,
            Map.of("host", "localhost", "content-type", "text/plain"));
    private static final long LARGE = 1_000_000_000;

    private final Opener opener;
    private final TestClock clock = new TestClock();
    private final List<LogRecord> followed = new CopyOnWriteArrayList<>();
    private EventLog log;

    /** Opens the log of a test. */
    @FunctionalInterface
    public interface Opener {
        /** {@return a log} */
        EventLog open(LogConfig config) throws LogException;
    }

    /** Drives logs that are opened by this. */
    public LogRig(Opener opener) {
        this.opener = opener;
    }

    /** {@return the clock of the log} */
    public TestClock clock() {
        return clock;
    }

    /** Opens a log that keeps so many of each channel. */
    public void keep(int count) throws LogException {
        keep(count, Duration.ZERO, LARGE);
    }

    /** Opens a log with all its limits; an earlier one is closed. */
    public void keep(int count, Duration age, long size) throws LogException {
        close();
        followed.clear();
        log = opener.open(new LogConfig(count, age, size, clock));
        log.follow(record -> {
            followed.add(record);
            return new PublishResult.Accepted(1, 2, record.publication().message().id());
        });
    }

    /** {@return the log} */
    public EventLog log() {
        return log;
    }

    /** {@return what the follower has been handed} */
    public List<LogRecord> followed() {
        return followed;
    }

    /** {@return a publication that has data alone} */
    public static Append.Item item(String channel, String data) {
        return item(channel, Message.of(data));
    }

    /** {@return a publication} */
    public static Append.Item item(String channel, Message message) {
        return new Append.Item(Publication.of(REQUEST, message).withChannel(channel), Optional.empty());
    }

    /** Appends, and waits for the outcome. */
    public Append.Outcome append(Append append) throws LogException {
        log.append(append);
        try {
            return append.outcome().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LogException failure) {
                throw failure;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Appends messages to a channel, one after the other, and tells the positions. */
    public List<Long> publish(String channel, String... data) throws LogException {
        List<Long> positions = new ArrayList<>();
        for (String text : data) {
            positions.add(publish(channel, Message.of(text)));
        }
        return positions;
    }

    /** Appends a message, and tells its position. */
    public long publish(String channel, Message message) throws LogException {
        append(new Append(List.of(item(channel, message))));
        return followed.getLast().position();
    }

    /** Appends a message with a key. */
    public Append.Outcome publishOnce(String channel, String data, String key, String digest) throws LogException {
        return append(once(key(channel, key, digest), item(channel, data)));
    }

    /** {@return publications with a key, to append} */
    public static Append once(PublishKey key, Append.Item... items) {
        return new Append(List.of(items), key, Arrays.stream(items).map(_ -> accepted(Optional.empty())).toList());
    }

    /** {@return what is stored of messages with these ids} */
    public static Append.Outcome repeated(String... ids) {
        return new Append.Outcome.Repeated(Arrays.stream(ids).map(Optional::of).map(LogRig::accepted).toList());
    }

    private static PublishResult accepted(Optional<String> id) {
        return new PublishResult.Accepted(3, 4, id);
    }

    /** {@return a key} */
    public static PublishKey key(String channel, String key, String digest) {
        return PublishKey.of(channel, key, digest);
    }

    /** {@return the ids of the messages that the follower has been handed} */
    public String[] ids() {
        return followed.stream().map(record -> record.publication().message().id().orElseThrow())
                .toArray(String[]::new);
    }

    /** {@return all records of some channels behind a position, read in pages of so many} */
    public List<LogRecord> read(List<String> channels, long after, int page) throws LogException {
        List<LogRecord> records = new ArrayList<>();
        long from = after;
        while (true) {
            LogPage read = log.read(new LogRange(ChannelSet.of(channels), from, Long.MAX_VALUE, page, 1 << 20));
            records.addAll(read.records());
            if (read.complete()) {
                return records;
            }
            from = read.records().getLast().position();
        }
    }

    /** {@return the data of all records of some channels} */
    public List<String> data(String... channels) throws LogException {
        return data(read(List.of(channels), 0, 100));
    }

    /** {@return the data of records} */
    public static List<String> data(List<LogRecord> records) {
        return records.stream().map(record -> record.publication().message().data().orElse("")).toList();
    }

    /** {@return what of a channel or pattern is missing behind a position} */
    public Dropped dropped(String channel, long after, long known) throws LogException {
        return log.dropped(ChannelSet.of(List.of(channel)), after, known);
    }

    /** {@return whether anything of a channel or pattern is missing behind a position} */
    public boolean isWhole(String channel, long after) throws LogException {
        return dropped(channel, after, 0).isEmpty();
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
