package dev.tinysse.cluster.redis;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.codec.PublicationCodec;
import dev.tinysse.broker.codec.RequestCache;
import dev.tinysse.broker.log.LogRecord;
import java.util.Optional;

/** Makes records of what is in the streams. For one thread. */
final class Records {
    private final boolean withIds;
    private final RequestCache requests = new RequestCache();

    Records(boolean withIds) {
        this.withIds = withIds;
    }

    /** Whether there is a history, so that messages have ids. */
    boolean areStored() {
        return withIds;
    }

    /** The record of a message, for a reader that knows of an epoch. */
    LogRecord record(long position, long previous, StoredMessage message, String epoch) {
        PublicationCodec.Decoded decoded = PublicationCodec.get(message.content(), message.from(), message.to(),
                requests);
        return record(position, previous, decoded.publication(), decoded.attributes(), epoch);
    }

    /** The record of a publication, with the id that it goes out with. */
    LogRecord record(long position, long previous, Publication publication, Optional<String> attributes,
            String epoch) {
        if (!withIds) {
            return LogRecord.notStored(position, publication, attributes);
        }
        LogRecord record = new LogRecord(position, previous, publication, attributes);
        return publication.message().id().isEmpty() ? record.withIdOf(epoch) : record;
    }
}
