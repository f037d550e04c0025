package dev.tinysse.broker.nodes;

import dev.tinysse.broker.admin.ChannelInfo;
import dev.tinysse.broker.admin.ChannelPage;
import dev.tinysse.broker.admin.ChannelQuery;
import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamFilter;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamInfo;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.ByteSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The requests and responses between nodes, as bytes. Pure functions. */
final class NodeRequest {
    static final int STREAMS = 1;
    static final int END = 2;
    static final int CHANNELS = 3;
    static final int PRESENT = 4;
    static final int SUBSCRIPTIONS = 5;
    static final int END_THESE = 6;

    private NodeRequest() {}

    static ByteSink of(int kind) {
        ByteSink sink = new ByteSink();
        sink.putByte(kind);
        return sink;
    }

    static byte[] bytes(ByteSink sink) {
        return Arrays.copyOf(sink.bytes(), sink.length());
    }

    static void put(ByteSink to, StreamId id) {
        to.putLong(id.run());
        to.putLong(id.number());
    }

    static void putId(ByteSink to, Optional<StreamId> id) {
        to.putByte(id.isPresent() ? 1 : 0);
        id.ifPresent(present -> put(to, present));
    }

    static Optional<StreamId> id(ByteSource from) {
        return from.getByte() == 0 ? Optional.empty() : Optional.of(new StreamId(from.getLong(), from.getLong()));
    }

    private static void put(ByteSink to, StreamFilter filter) {
        putId(to, filter.id());
        Values.put(to, filter.channel());
        Values.put(to, filter.sub());
    }

    private static StreamFilter filter(ByteSource from) {
        return new StreamFilter(id(from), Values.text(from), Values.text(from));
    }

    static byte[] streams(StreamQuery query) {
        ByteSink sink = of(STREAMS);
        put(sink, query.filter());
        putId(sink, query.after());
        sink.putCount(query.limit());
        return bytes(sink);
    }

    static StreamQuery streamQuery(ByteSource from) {
        return new StreamQuery(filter(from), id(from), from.getCount());
    }

    static byte[] page(StreamPage page) {
        ByteSink sink = new ByteSink();
        sink.putCount(page.streams().size());
        for (StreamInfo stream : page.streams()) {
            put(sink, stream.id());
            sink.putText(stream.address());
            Values.put(sink, stream.channels());
            for (long number : new long[]{stream.opened(), stream.messages(), stream.bytes(), stream.behind(),
                    stream.lost()}) {
                sink.putLong(number);
            }
            Values.put(sink, stream.sub());
            sink.putText(stream.node());
        }
        putId(sink, page.next());
        return bytes(sink);
    }

    static StreamPage streamPage(byte[] answer) {
        ByteSource from = new ByteSource(answer, 0);
        List<StreamInfo> streams = new ArrayList<>();
        for (int left = from.getCount(); left > 0; left--) {
            streams.add(new StreamInfo(new StreamId(from.getLong(), from.getLong()), from.getText(), Values.texts(from),
                    from.getLong(), from.getLong(), from.getLong(), from.getLong(), from.getLong(), Values.text(from),
                    from.getText()));
        }
        return new StreamPage(streams, id(from));
    }

    static byte[] end(StreamEnd which) {
        ByteSink sink = of(END);
        put(sink, which.filter());
        sink.putByte(which.retry() ? 1 : 0);
        return bytes(sink);
    }

    static StreamEnd streamEnd(ByteSource from) {
        return new StreamEnd(filter(from), from.getByte() != 0);
    }

    static byte[] count(int count) {
        ByteSink sink = new ByteSink();
        sink.putCount(count);
        return bytes(sink);
    }

    static byte[] channels(ChannelQuery query) {
        ByteSink sink = of(CHANNELS);
        sink.putText(query.prefix());
        Values.put(sink, query.after());
        sink.putCount(query.limit());
        return bytes(sink);
    }

    static ChannelQuery channelQuery(ByteSource from) {
        return new ChannelQuery(from.getText(), Values.text(from), from.getCount());
    }

    /** Without what history keeps, which every node sees. */
    static byte[] page(ChannelPage page) {
        ByteSink sink = new ByteSink();
        sink.putCount(page.channels().size());
        for (ChannelInfo channel : page.channels()) {
            sink.putText(channel.name());
            sink.putCount(channel.streams());
            sink.putLong(channel.published());
            sink.putLong(channel.delivered());
        }
        Values.put(sink, page.next());
        return bytes(sink);
    }

    static ChannelPage channelPage(byte[] answer) {
        ByteSource from = new ByteSource(answer, 0);
        List<ChannelInfo> channels = new ArrayList<>();
        for (int left = from.getCount(); left > 0; left--) {
            channels.add(new ChannelInfo(from.getText(), from.getCount(), from.getLong(), from.getLong(),
                    Optional.empty()));
        }
        return new ChannelPage(channels, Values.text(from));
    }
}
