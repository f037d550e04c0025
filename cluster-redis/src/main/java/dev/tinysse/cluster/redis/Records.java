package dev.tinysse.cluster.redis;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.codec.PublicationCodec;
import dev.tinysse.broker.codec.RequestCache;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogRecord;
import java.util.List;

/** Makes records of what is in the streams. For one thread. */
final class Records {
    private final NodeState state;
    private final boolean withIds;
    private final RequestCache requests = new RequestCache();

    Records(NodeState state, boolean withIds) {
        this.state = state;
        this.withIds = withIds;
    }

    /** The record of an entry of a channel's stream. */
    LogRecord recordOf(List<?> entry) {
        List<?> fields = (List<?>) entry.get(1);
        return record(StreamIds.position(entry.get(0)), StreamIds.position(fields.get(1)), (byte[]) fields.get(3));
    }

    LogRecord record(long position, long previous, byte[] content) {
        PublicationCodec.Decoded decoded = PublicationCodec.get(content, 0, content.length, requests);
        return new LogRecord(position, previous, withId(decoded.publication(), position), decoded.attributes());
    }

    /** A publication with the id that it goes out with. */
    Publication withId(Publication publication, long position) {
        return withIds && publication.message().id().isEmpty()
                ? publication.withMessage(publication.message()
                        .withId(EventId.of(state.epochs().at(position), position).toString()))
                : publication;
    }
}
