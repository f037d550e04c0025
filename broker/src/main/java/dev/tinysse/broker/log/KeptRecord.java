package dev.tinysse.broker.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import java.util.Optional;

/**
 * A record as a log in memory keeps it: in few objects, and without what can be made again, since the collector copies all that is
 * kept. Immutable.
 */
final class KeptRecord {
    private final long position;
    private final long previous;
    private final String channel;
    private final Request request;
    /** Data as bytes of UTF-8, of a message that has nothing else; of all others the message, with an id if its publisher gave it one. */
    private final Object content;
    private final Optional<String> attributes;

    /** A record with a publication as it was appended, but for its channel's name and its request, of which one is there for many. */
    KeptRecord(long position, long previous, Publication appended, String channel, Request request,
            Optional<String> attributes) {
        this.position = position;
        this.previous = previous;
        this.channel = channel;
        this.request = request;
        this.content = content(appended.message());
        this.attributes = attributes;
    }

    private static Object content(Message message) {
        return message.data().isPresent() && message.id().isEmpty() && message.event().isEmpty()
                && message.comments().isEmpty() ? message.data().get().getBytes(UTF_8) : message;
    }

    long position() {
        return position;
    }

    String channel() {
        return channel;
    }

    /** {@return about how many bytes of the heap it takes} */
    int size() {
        long size = content instanceof byte[] data ? data.length : RecordSize.of((Message) content);
        return (int) Math.min(Integer.MAX_VALUE / 2,
                RecordSize.RECORD + size + attributes.map(RecordSize::of).orElse(0));
    }

    /** {@return about how much text it has} */
    int text() {
        return content instanceof byte[] data ? RecordSize.REQUEST + data.length : RecordSize.text((Message) content);
    }

    /** {@return the id that its publisher chose} */
    Optional<String> ownId() {
        return content instanceof Message message ? message.id() : Optional.empty();
    }

    /** {@return its id in a log with this epoch} */
    String id(String epoch) {
        return ownId().orElseGet(() -> EventId.of(epoch, position).toString());
    }

    /** {@return the record, as it is read from a log with this epoch} */
    LogRecord record(String epoch) {
        Message message = content instanceof byte[] data ? Message.ofUtf8(data) : (Message) content;
        Message withId = message.id().isPresent() ? message : message.withId(id(epoch));
        return new LogRecord(position, previous, Publication.of(request, withId).withChannel(channel), attributes);
    }
}
