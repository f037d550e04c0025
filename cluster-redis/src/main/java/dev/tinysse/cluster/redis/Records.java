package dev.tinysse.cluster.redis;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.codec.PublicationCodec;
import dev.tinysse.broker.codec.RequestCache;
import dev.tinysse.broker.log.LogRecord;
import java.util.List;
import java.util.Optional;

/** Makes records of what is in the streams. For one thread. */
final class Records {
    private final boolean withIds;
    private final RequestCache requests = new RequestCache();

    Records(boolean withIds) {
        this.withIds = withIds;
    }

    /** The record of an entry of a channel's stream, for a reader that knows of an epoch. */
    LogRecord recordOf(List<?> entry, String epoch) {
        List<?> fields = (List<?>) entry.get(1);
        return record(StreamIds.position(entry.get(0)), StreamIds.position(fields.get(1)), (byte[]) fields.get(3),
                epoch);
    }

    LogRecord record(long position, long previous, byte[] content, String epoch) {
        PublicationCodec.Decoded decoded = PublicationCodec.get(content, 0, content.length, requests);
        return record(position, previous, decoded.publication(), decoded.attributes(), epoch);
    }

    /** The record of a publication, with the id that it goes out with. */
    LogRecord record(long position, long previous, Publication publication, Optional<String> attributes,
            String epoch) {
        LogRecord record = new LogRecord(position, previous, publication, attributes);
        return withIds && publication.message().id().isEmpty() ? record.withIdOf(epoch) : record;
    }
}
