package dev.tinysse.history;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.history.disk.ByteSink;
import dev.tinysse.history.disk.ByteSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a message stands in a record: first what the index needs, then the message, its attributes, and the request. */
final class MessageRecord {
    private static final int OWN_ID = 1;
    private static final int EVENT = 2;
    private static final int DATA = 4;
    private static final int ATTRIBUTES = 8;

    private MessageRecord() {}

    /**
     * What the index needs to know of a message.
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
        Message message = record.publication().message();
        to.putLong(record.previous());
        to.putByte((ownId ? OWN_ID : 0) | (message.event().isPresent() ? EVENT : 0)
                | (message.data().isPresent() ? DATA : 0) | (record.attributes().isPresent() ? ATTRIBUTES : 0));
        to.putText(record.publication().channel());
        to.putText(message.id().orElseThrow());
        message.event().ifPresent(to::putText);
        message.data().ifPresent(to::putText);
        to.putCount(message.comments().size());
        message.comments().forEach(to::putText);
        record.attributes().ifPresent(to::putText);
        putRequest(to, record.publication().request());
    }

    private static void putRequest(ByteSink to, Request request) {
        to.putText(request.method());
        to.putText(request.uri());
        to.putText(request.path());
        to.putText(request.query());
        to.putText(request.ip());
        to.putCount(request.port());
        to.putCount(request.headers().size());
        request.headers().forEach((name, value) -> {
            to.putText(name);
            to.putText(value);
        });
    }

    /** Reads what the index needs. */
    static Entry entry(byte[] bytes, int from) {
        ByteSource source = new ByteSource(bytes, from);
        long previous = source.getLong();
        int flags = source.getByte();
        String channel = source.getText();
        return new Entry(channel, previous, (flags & OWN_ID) == 0 ? 0 : hash(source.getText()));
    }

    /** Reads a message. */
    static LogRecord get(byte[] bytes, int from, RecordHeader header, RequestCache requests) {
        ByteSource source = new ByteSource(bytes, from);
        long previous = source.getLong();
        int flags = source.getByte();
        String channel = source.getText();
        Message.Builder message = Message.builder().id(source.getText());
        source.getText((flags & EVENT) != 0).ifPresent(message::event);
        source.getText((flags & DATA) != 0).ifPresent(message::data);
        int comments = source.getCount();
        if (comments > 0) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < comments; i++) {
                texts.add(source.getText());
            }
            message.comments(texts);
        }
        Optional<String> attributes = source.getText((flags & ATTRIBUTES) != 0);
        Request request = requests.get(bytes, source.at(), from + header.length());
        return new LogRecord(header.position(), previous,
                Publication.of(request, message.build()).withChannel(channel), attributes);
    }

    static Request getRequest(byte[] bytes, int from) {
        ByteSource source = new ByteSource(bytes, from);
        String method = source.getText();
        String uri = source.getText();
        String path = source.getText();
        String query = source.getText();
        String ip = source.getText();
        int port = source.getCount();
        int count = source.getCount();
        Map<String, String> headers = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            headers.put(source.getText(), source.getText());
        }
        return new Request(method, uri, path, query, ip, port, headers);
    }
}
