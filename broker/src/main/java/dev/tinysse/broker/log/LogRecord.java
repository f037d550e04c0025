package dev.tinysse.broker.log;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import java.util.Objects;
import java.util.Optional;

/**
 * A publication that has been committed. Immutable.
 *
 * @param position its place among all; rises, and never comes again
 * @param previous the position of the record before it in its channel, stored or not; 0 if there was none
 * @param publication with the message's id, if the log has a history. Handed to the follower in the process that appended it, it is the
 *        one that was appended, with all its attributes; from anywhere else it has none
 * @param attributes what {@link dev.tinysse.api.Hooks#saveAttributes} made of the attributes
 * @param id the message's id, from which a client can resume; empty without history
 */
public record LogRecord(long position, long previous, Publication publication, Optional<String> attributes,
        Optional<String> id) {
    /**
     * A record of a log with a history.
     *
     * @param position its place among all
     * @param previous the position of the record before it in its channel; 0 if there was none
     * @param publication whose message has an id
     * @param attributes to store
     */
    public LogRecord(long position, long previous, Publication publication, Optional<String> attributes) {
        this(position, previous, publication, attributes, publication.message().id());
    }

    /**
     * A record of a log without history.
     *
     * @param position its place among all
     * @param publication as it was appended
     * @param attributes that the append has
     * @return the record, which no client can resume from
     */
    public static LogRecord notStored(long position, Publication publication, Optional<String> attributes) {
        return new LogRecord(position, 0, publication, attributes, Optional.empty());
    }

    /** {@return the same with another form of the publication} */
    public LogRecord withPublication(Publication other) {
        return new LogRecord(position, previous, other, attributes, id);
    }

    /** Checks that nothing is null, and that the position is behind the previous one. */
    public LogRecord {
        Objects.requireNonNull(publication);
        Objects.requireNonNull(attributes);
        if (previous < 0 || position <= previous) {
            throw new IllegalArgumentException(
                    "position must be behind the previous one: position=%d previous=%d".formatted(position, previous));
        }
    }

    /** {@return the record with an id that the log gives, in this epoch; for one whose publisher chose none} */
    public LogRecord withIdOf(String epoch) {
        Message message = publication.message();
        return message.id().filter(id -> id.startsWith(epoch)).isPresent()
                ? this
                : new LogRecord(position, previous,
                        publication.withMessage(message.withId(EventId.of(epoch, position).toString())), attributes);
    }

    /** {@return when it was appended, in milliseconds since 1970; a little later if the clock was set back} */
    public long time() {
        return Positions.millis(position);
    }
}
