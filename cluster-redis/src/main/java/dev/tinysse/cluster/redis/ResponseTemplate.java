package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.log.ResultsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The results of a request as Redis stores them. Ids are not known before the request is appended; in their place are ids of an
 * generated epoch, the mark, with numbers from 0 in the place of positions.
 *
 * @param mark the epoch in the place of that of the log
 * @param results encoded; not changed any more
 */
record ResponseTemplate(String mark, byte[] results) {
    /** The template of a request with a key. */
    static ResponseTemplate of(Append append, boolean withIds) {
        String mark = EventId.newEpoch();
        List<String> ids = new ArrayList<>();
        if (withIds) {
            for (Append.Item item : append.items()) {
                int number = ids.size();
                ids.add(item.publication().message().id().orElseGet(() -> EventId.of(mark, number).toString()));
            }
        }
        return new ResponseTemplate(mark, ResultsCodec.encode(append.results(ids)));
    }

    /**
     * The results with the ids.
     *
     * @param begin the position of the first publication; the others have the next ones
     * @param epochs to tell the epoch of positions
     */
    List<PublishResult> results(long begin, Epochs epochs) {
        return ResultsCodec.decode(results).stream().map(result -> withId(result, begin, epochs)).toList();
    }

    private PublishResult withId(PublishResult result, long begin, Epochs epochs) {
        if (result instanceof PublishResult.Accepted(int queued, int subscribers, Optional<String> id)) {
            Optional<EventId> marked = id.flatMap(EventId::parse).filter(parsed -> parsed.epoch().equals(mark));
            if (marked.isPresent()) {
                long position = begin + marked.get().position();
                return new PublishResult.Accepted(queued, subscribers,
                        Optional.of(EventId.of(epochs.at(position), position).toString()));
            }
        }
        return result;
    }
}
