package dev.tinysse.broker.stream;

import dev.tinysse.api.Subscription;
import java.time.Duration;

/**
 * A stream that has ended, for the access log.
 *
 * @param subscription what hooks knew about it
 * @param reason why it ended
 * @param age how long it was open
 * @param messages how many its client was sent whole
 * @param bytes that went to its socket
 * @param lost messages for it that it was not sent
 */
public record StreamEnding(Subscription subscription, ClosedReason reason, Duration age, long messages, long bytes,
        long lost) {}
