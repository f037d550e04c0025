package dev.tinysse.history;

import dev.tinysse.broker.log.ChannelHistory;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports the history of channels. Safe for any thread. */
final class ChannelHistories {
    private final Index index;
    private final PageReader reader;
    private final String epoch;

    ChannelHistories(Index index, PageReader reader, String epoch) {
        this.index = index;
        this.reader = reader;
        this.epoch = epoch;
    }

    /** A channel at one moment. */
    private record Seen(int size, long bytes, long taken, long oldest, long newest) {}

    Map<String, ChannelHistory> find(ChannelSet asked) throws IOException {
        Map<String, ChannelHistory> histories = new HashMap<>();
        for (ChannelIndex channel : index.channels(asked)) {
            Optional<Seen> seen = look(channel);
            if (seen.isPresent()) {
                Seen at = seen.get();
                Optional<String> oldest = id(channel.name(), at.oldest());
                Optional<String> newest = id(channel.name(), at.newest());
                if (newest.isPresent()) { // else all of it has just been dropped
                    histories.put(channel.name(),
                            new ChannelHistory(at.size(), at.bytes(), at.taken(), oldest.or(() -> newest)
                                    .orElseThrow(), newest.get()));
                }
            }
        }
        return histories;
    }

    private Optional<Seen> look(ChannelIndex channel) {
        try (var _ = index.locked()) {
            int size = channel.size();
            return size == 0
                    ? Optional.empty()
                    : Optional
                            .of(new Seen(size, channel.bytes(), channel.taken(), channel.at(0), channel.at(size - 1)));
        }
    }

    private Optional<String> id(String channel, long position) throws IOException {
        List<LogRecord> records = reader
                .read(new LogRange(ChannelSet.of(List.of(channel)), position - 1, position, 1, 1), epoch).records();
        return records.stream().findFirst().flatMap(record -> record.publication().message().id());
    }
}
