package dev.tinysse.broker.delivery;

import dev.tinysse.api.GapReason;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.StreamFormat;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Counts and logs the messages that a slow consumer has lost for good, and reports them to its client. One thread only. */
final class Losses {
    private static final Logger LOG = System.getLogger("tinysse");

    private final LossCounter counter;
    private final int capacity;
    private final boolean gapsAreTold;
    private final StreamFormat format;

    Losses(BrokerConfig config, LossCounter counter, StreamFormat format) {
        this.counter = counter;
        this.capacity = config.capacity();
        this.gapsAreTold = config.channels();
        this.format = format;
    }

    /** A stream without history has lost so many messages of these channels, and continues behind them. */
    void lost(Stream stream, long messages, List<String> channels) {
        count(stream, messages);
        if (gapsAreTold) {
            stream.output().addNotice(
                    stream.own(format.gap(new Gap(Optional.empty(), Optional.empty(), GapReason.EXPIRED, channels))),
                    Optional.of(GapReason.EXPIRED));
        }
    }

    /** Counts messages that a stream has lost, and logs the first of a burst. */
    void count(Stream stream, long messages) {
        counter.add(messages);
        if (stream.missed().lose(messages)) {
            LOG.log(Level.WARNING, "slow consumer lost messages: lost=%d capacity=%d client=%s lost-total=%d"
                    .formatted(messages, capacity, stream.client(), counter.total()));
        }
    }
}
