package dev.tinysse.history;

import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PageBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers what readers ask. Safe for any thread. */
final class PageReader {
    private static final int MAX_RECORDS = 10_000;

    private final Index index;
    private final Segments segments;

    PageReader(Index index, Segments segments) {
        this.index = index;
        this.segments = segments;
    }

    LogPage read(LogRange range, String epoch) throws IOException {
        int count = Math.min(range.maxRecords(), MAX_RECORDS);
        long after = Math.max(range.after(), index.oldest() - 1);
        long upTo = Math.min(range.upTo(), index.newest());
        List<ChannelIndex> channels = index.channels(range.channels());
        try (RecordReader reader = new RecordReader(segments, epoch)) {
            while (true) {
                long[] positions = oldest(channels, after, upTo, count + 1);
                boolean more = positions.length > count;
                PageBuilder page = new PageBuilder(range);
                for (int i = 0; i < Math.min(count, positions.length); i++) {
                    Optional<LogRecord> record = reader.read(positions[i]);
                    if (record.isPresent() && !page.add(record.get())) {
                        break;
                    }
                }
                if (!page.isEmpty() || !more) {
                    return page.build(more);
                }
                after = positions[count - 1];
            }
        }
    }

    /** {@return the positions of the oldest records behind one and up to another, in order} */
    private long[] oldest(List<ChannelIndex> channels, long after, long upTo, int count) {
        NearestPositions nearest = new NearestPositions(count, 1);
        for (ChannelIndex channel : channels) {
            if (channel.last() > after) {
                try (var _ = index.locked()) {
                    int from = channel.firstBehind(after);
                    for (int i = from; i < Math.min(channel.size(), from + count); i++) {
                        if (channel.at(i) > upTo || !nearest.add(channel.at(i))) {
                            break;
                        }
                    }
                }
            }
        }
        return nearest.positions();
    }

    long startOfLast(ChannelSet asked, int count) {
        long oldest = index.oldest();
        NearestPositions nearest = new NearestPositions(count, -1);
        for (ChannelIndex channel : index.channels(asked)) {
            try (var _ = index.locked()) {
                for (int i = channel.size() - 1; i >= Math.max(0, channel.size() - count); i--) {
                    if (channel.at(i) < oldest || !nearest.add(channel.at(i))) {
                        break;
                    }
                }
            }
        }
        long[] newest = nearest.positions();
        return newest.length < count ? 0 : newest[count - 1] - 1;
    }

    OptionalLong find(ChannelSet asked, String id, String epoch) throws IOException {
        int hash = MessageRecord.hash(id);
        long oldest = index.oldest();
        NearestPositions candidates = new NearestPositions(MAX_RECORDS, 1);
        for (ChannelIndex channel : index.channels(asked)) {
            try (var _ = index.locked()) {
                for (int i = 0; i < channel.size(); i++) {
                    if (channel.hash(i) == hash && channel.at(i) >= oldest) {
                        candidates.add(channel.at(i));
                    }
                }
            }
        }
        try (RecordReader reader = new RecordReader(segments, epoch)) {
            for (long position : candidates.positions()) {
                if (reader.read(position).flatMap(record -> record.publication().message().id()).filter(id::equals)
                        .isPresent()) {
                    return OptionalLong.of(position);
                }
            }
        }
        return OptionalLong.empty();
    }
}
