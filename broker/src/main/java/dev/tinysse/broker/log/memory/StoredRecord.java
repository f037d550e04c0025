package dev.tinysse.broker.log.memory;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PageRoom;
import java.util.Optional;

/**
 * A record of a log in memory, before it is made what readers get. Immutable.
 *
 * @param position its place among all
 * @param previous the position before it in its channel
 * @param channel its name
 * @param request one for many records
 * @param content its message, without an id that the log gave
 * @param attributes the stored attributes of the publication
 */
record StoredRecord(long position, long previous, String channel, Request request, Content content,
        Optional<String> attributes) {
    /** A message, in one of two forms. */
    sealed interface Content {
        /** Text, as much as counts for a page. */
        int text();
    }

    /** The data of a message that has nothing else: these bytes of UTF-8, which nobody changes. */
    record Data(byte[] bytes, int offset, int length) implements Content {
        @Override
        public int text() {
            return length;
        }
    }

    /** Any other message, with an id if its publisher gave it one. */
    record Whole(Message message) implements Content {
        @Override
        public int text() {
            return PageRoom.text(message);
        }
    }

    /** {@return about how much text it has} */
    int text() {
        return content.text();
    }

    /** {@return the id that its publisher chose} */
    Optional<String> ownId() {
        return content instanceof Whole whole ? whole.message().id() : Optional.empty();
    }

    /** {@return its id in a log with this epoch} */
    String id(String epoch) {
        return ownId().orElseGet(() -> EventId.of(epoch, position).toString());
    }

    /** {@return the record, as it is read from a log with this epoch} */
    LogRecord record(String epoch) {
        Message message = switch (content) {
            case Data data -> Message.ofUtf8(data.bytes(), data.offset(), data.length());
            case Whole whole -> whole.message();
        };
        Message withId = message.id().isPresent() ? message : message.withId(id(epoch));
        return new LogRecord(position, previous, Publication.of(request, withId).withChannel(channel), attributes);
    }
}
