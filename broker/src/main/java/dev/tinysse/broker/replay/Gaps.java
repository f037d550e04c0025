package dev.tinysse.broker.replay;

import dev.tinysse.api.GapReason;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.stream.Gap;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Creates the gaps that clients receive. Safe for any thread. */
public final class Gaps {
    private Gaps() {}

    /**
     * A gap with an id, from which its client resumes exactly.
     *
     * @param position behind which messages are missing
     * @param epoch that the client knows from here on
     * @param mark the loss watermark that the client knows from here on
     * @param channels of the stream
     * @param lastId the last id that the client has received
     * @param missing the channels with missing messages
     */
    public static Gap behind(long position, String epoch, long mark, ChannelSet channels, Optional<String> lastId,
            GapReason reason, Collection<String> missing) {
        return create(Optional.of(EventId.ofGap(epoch, position, mark, channels).toString()), lastId, reason, missing);
    }

    /** A gap without an id: nothing is stored. */
    public static Gap withoutId(GapReason reason, Collection<String> missing) {
        return create(Optional.empty(), Optional.empty(), reason, missing);
    }

    private static Gap create(Optional<String> id, Optional<String> lastId, GapReason reason,
            Collection<String> missing) {
        return new Gap(id, lastId, reason, List.copyOf(missing));
    }
}
