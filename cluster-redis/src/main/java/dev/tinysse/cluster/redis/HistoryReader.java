package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.ChannelHistory;
import dev.tinysse.broker.log.ChannelPattern;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.HistoryTotal;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.Positions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import redis.clients.jedis.Protocol;

/** Reads the history in Redis, over a connection that the caller has for itself. Safe for any thread. */
final class HistoryReader {
    private static final int FIND_STEP = 64;
    private static final int CHANNELS_STEP = 256;
    /** Entries of a channel, each with perhaps hundreds of messages, that are read first. */
    private static final int FIRST_STEP = 16;
    private static final int MIN_STEP = 4;
    /** Words of the state of a channel. */
    private static final int LENGTH = 1;
    private static final int PUBLISHED = 4;

    private final NodeState state;
    private final Keys keys;
    private final LogConfig limits;

    HistoryReader(NodeState state, Keys keys, LogConfig limits) {
        this.state = state;
        this.keys = keys;
        this.limits = limits;
    }

    LogPage read(EngineConnection connection, LogRange range, String epoch) throws EngineException {
        boolean one = range.channels().patterns().isEmpty() && range.channels().names().size() == 1;
        // they are read one after the other, and nothing may come between
        long upTo = one ? range.upTo() : Math.min(range.upTo(), latest(connection));
        List<String> channels = channels(connection, range.channels(), range.after());
        PageMerge page = new PageMerge(range);
        List<Long> dropped = dropped(connection, channels);
        List<ChannelCursor> cursors = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            cursors.add(new ChannelCursor(connection, keys.stream(channels.get(i)), new Records(true),
                    Math.max(range.after(), oldest() - 1), upTo, Math.max(MIN_STEP, FIRST_STEP / channels.size()),
                    range, epoch, dropped.get(i)));
        }
        PriorityQueue<ChannelCursor> oldest = new PriorityQueue<>(
                Comparator.comparingLong((ChannelCursor cursor) -> cursor.peek().position()));
        for (ChannelCursor cursor : cursors) {
            if (cursor.peek() != null) {
                oldest.add(cursor);
            }
        }
        while (!oldest.isEmpty()) {
            ChannelCursor cursor = oldest.poll();
            if (!page.add(cursor.next())) {
                return page.incomplete();
            }
            if (cursor.peek() != null) {
                oldest.add(cursor);
            }
        }
        return page.complete();
    }

    /** How many messages each channel has dropped. */
    private List<Long> dropped(EngineConnection connection, List<String> channels) throws EngineException {
        if (channels.isEmpty()) {
            return List.of();
        }
        List<Object> arguments = new ArrayList<>(List.of(keys.channels));
        arguments.addAll(channels);
        return ((List<?>) connection.call(Protocol.Command.HMGET, arguments.toArray())).stream()
                .map(channel -> channel == null ? 0 : dropped(EngineConnection.text(channel).split(" "))).toList();
    }

    private static long dropped(String[] channel) {
        return Long.parseLong(channel[PUBLISHED]) - Long.parseLong(channel[LENGTH]);
    }

    private long latest(EngineConnection connection) throws EngineException {
        Object latest = connection.call(Protocol.Command.HGET, keys.state, "log");
        return latest == null ? 0 : StreamIds.position(latest);
    }

    OptionalLong find(EngineConnection connection, ChannelSet asked, String id) throws EngineException {
        long earliest = Long.MAX_VALUE;
        for (String channel : channels(connection, asked, 0)) {
            earliest = Math.min(earliest, find(connection, channel, id, earliest));
        }
        return earliest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(earliest);
    }

    private long find(EngineConnection connection, String channel, String id, long before) throws EngineException {
        long from = Math.max(0, oldest());
        while (from < before) {
            List<?> reply = (List<?>) connection.run(Script.FIND, keys(channel),
                    List.of(EngineConnection.bytes(channel), StreamIds.bytes(from), StreamIds.bytes(before - 1),
                            text(FIND_STEP), EngineConnection.bytes(id)));
            if (((byte[]) reply.get(0)).length > 0) {
                return StreamIds.position(reply.get(0));
            }
            if (((byte[]) reply.get(1)).length == 0) {
                return Long.MAX_VALUE;
            }
            from = StreamIds.position(reply.get(1)) + 1;
        }
        return Long.MAX_VALUE;
    }

    private List<byte[]> keys(String channel) {
        return List.of(keys.state, keys.log, keys.channels, keys.oldest, keys.stream(channel));
    }

    long startOfLast(EngineConnection connection, ChannelSet asked, int count) throws EngineException {
        List<Long> newest = new ArrayList<>();
        long from = Math.max(0, oldest());
        for (String channel : channels(connection, asked, from == 0 ? 0 : from - 1)) {
            List<?> reply = (List<?>) connection.run(Script.NEWEST, keys(channel),
                    List.of(EngineConnection.bytes(channel), StreamIds.bytes(from), text(count)));
            reply.forEach(id -> newest.add(StreamIds.position(id)));
            if (newest.size() > 2 * count) {
                from = Math.max(from, cut(newest, count));
            }
        }
        if (newest.size() < count) {
            return 0;
        }
        cut(newest, count);
        return newest.getLast() - 1;
    }

    /** Leaves the greatest ones, and tells the least of them. */
    private static long cut(List<Long> positions, int count) {
        positions.sort(Collections.reverseOrder());
        if (positions.size() > count) {
            positions.subList(count, positions.size()).clear();
        }
        return positions.getLast();
    }

    Dropped dropped(EngineConnection connection, ChannelSet asked, long after, long known) throws EngineException {
        TreeSet<String> dropped = new TreeSet<>();
        long mark = -1;
        boolean forgotten = false;
        List<String> channels = channels(connection, asked, after);
        for (int from = 0; from == 0 || from < channels.size(); from += CHANNELS_STEP) {
            List<String> some = channels.subList(from, Math.min(channels.size(), from + CHANNELS_STEP));
            List<byte[]> names = new ArrayList<>(List.of(keys.state, keys.log, keys.channels, keys.oldest));
            List<byte[]> arguments = new ArrayList<>(List.of(state.time(),
                    EngineConnection.bytes(String.valueOf(limits.age().toMillis())), StreamIds.bytes(after),
                    StreamIds.bytes(known)));
            for (String channel : some) {
                names.add(keys.stream(channel));
                arguments.add(EngineConnection.bytes(channel));
            }
            List<?> reply = (List<?>) connection.run(Script.DROPPED, names, arguments);
            mark = mark < 0 ? StreamIds.position(reply.get(0)) : mark;
            forgotten |= (Long) reply.get(1) > 0;
            if (from == 0 && !asked.patterns().isEmpty()) {
                forgets(EngineConnection.text(reply.get(2)), asked, after, known, dropped);
            }
            reply.subList(3, reply.size()).forEach(number -> dropped.add(some.get(Math.toIntExact((Long) number))));
        }
        if (forgotten) {
            asked.patterns().stream().map(ChannelPattern::text).forEach(dropped::add);
        }
        return new Dropped(List.copyOf(dropped), mark);
    }

    /** Adds channels that match, and that operators have forgotten: a name, its last record, and when it went. */
    private static void forgets(String all, ChannelSet asked, long after, long known, Set<String> dropped) {
        String[] words = all.split(" ");
        for (int i = 0; i + 2 < words.length; i += 3) {
            if (asked.contains(words[i]) && StreamIds.position(EngineConnection.bytes(words[i + 1])) > after
                    && StreamIds.position(EngineConnection.bytes(words[i + 2])) > known) {
                dropped.add(words[i]);
            }
        }
    }

    Map<String, ChannelHistory> histories(EngineConnection connection, ChannelSet asked, String epoch)
            throws EngineException {
        Map<String, ChannelHistory> histories = new TreeMap<>();
        List<String> channels = channels(connection, asked, 0);
        for (int from = 0; from < channels.size(); from += CHANNELS_STEP) {
            List<String> some = channels.subList(from, Math.min(channels.size(), from + CHANNELS_STEP));
            List<byte[]> names = new ArrayList<>(List.of(keys.state, keys.log, keys.channels, keys.oldest));
            List<byte[]> arguments = new ArrayList<>(List.of(StreamIds.bytes(Math.max(0, oldest()))));
            for (String channel : some) {
                names.add(keys.stream(channel));
                arguments.add(EngineConnection.bytes(channel));
            }
            for (Object row : (List<?>) connection.run(Script.CHANNEL_HISTORIES, names, arguments)) {
                List<?> fields = (List<?>) row;
                histories.put(some.get(Math.toIntExact((Long) fields.get(0))), new ChannelHistory((Long) fields.get(1),
                        (Long) fields.get(2), (Long) fields.get(3), id(fields.get(4), fields.get(5), epoch),
                        id(fields.get(6), fields.get(7), epoch)));
            }
        }
        return Collections.unmodifiableMap(histories);
    }

    List<String> channels(EngineConnection connection) throws EngineException {
        return ((List<?>) connection.call(Protocol.Command.HKEYS, (Object) keys.channels)).stream()
                .map(EngineConnection::text).toList();
    }

    /** The epochs of the log in Redis, if it has begun one. */
    Optional<String> epochs(EngineConnection connection) throws EngineException {
        return Optional.ofNullable(connection.call(Protocol.Command.HGET, keys.state, "epochs"))
                .map(EngineConnection::text);
    }

    HistoryTotal total(EngineConnection connection) throws EngineException {
        List<?> sums = (List<?>) connection.call(Protocol.Command.HMGET, keys.state, "messages", "size");
        long channels = (Long) connection.call(Protocol.Command.HLEN, (Object) keys.channels);
        return new HistoryTotal(channels, number(sums.get(0)), number(sums.get(1)));
    }

    private static long number(Object text) {
        return text == null ? 0 : Long.parseLong(EngineConnection.text(text));
    }

    private static String id(Object position, Object own, String epoch) {
        String chosen = EngineConnection.text(own);
        return chosen.isEmpty()
                ? EventId.of(epoch, StreamIds.position(position)).toString()
                : chosen.substring(1);
    }

    long forget(EngineConnection connection, String channel) throws EngineException {
        return (Long) connection.run(Script.FORGET, keys(channel),
                List.of(state.time(), EngineConnection.bytes(channel)));
    }

    /** The channels that somebody asks for; where patterns are, those that have something behind a position. */
    private List<String> channels(EngineConnection connection, ChannelSet asked, long after) throws EngineException {
        if (asked.patterns().isEmpty()) {
            return List.copyOf(asked.names());
        }
        List<?> reply = (List<?>) connection.call(Protocol.Command.HGETALL, (Object) keys.channels);
        TreeSet<String> found = new TreeSet<>(asked.names());
        for (int i = 0; i < reply.size(); i += 2) {
            String name = EngineConnection.text(reply.get(i));
            if (asked.contains(name) && last((byte[]) reply.get(i + 1)) > after) {
                found.add(name);
            }
        }
        return List.copyOf(found);
    }

    private static long last(byte[] channel) {
        int space = 0;
        while (channel[space] != ' ') {
            space++;
        }
        return StreamIds.position(java.util.Arrays.copyOf(channel, space));
    }

    /** Records before this position are too old. */
    private long oldest() {
        return limits.age().isZero() ? 0 : Positions.ofMillis(state.millis() - limits.age().toMillis());
    }

    private static byte[] text(int number) {
        return EngineConnection.bytes(String.valueOf(number));
    }
}
