package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.NanoClock;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.StreamFormat;
import java.nio.ByteBuffer;

/** What the subscribers of one delivery thread share. That thread alone uses it, but any thread may read the metrics. */
final class DeliveryContext {
    private static final int SCRATCH_BYTES = 64 * 1024;
    private static final int INPUT_BYTES = 4096;

    final BrokerConfig config;
    final StreamFormat format;
    final EventLog log;
    final LossCounter losses;
    final DeliveryFigures figures = new DeliveryFigures();
    final DeadlineWheel deadlines;
    final HeldFrames held;
    final FrameWindows windows;
    final TakenMessages taken = new TakenMessages();
    /** For frames that are written together. */
    final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    /** For bytes that clients send. */
    final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
    private final NanoClock clock;
    private long now;
    private long arrivedUpTo;

    DeliveryContext(BrokerConfig config, StreamFormat format, EventLog log, LossCounter losses, long heldBytes,
            NanoClock clock) {
        this.config = config;
        this.format = format;
        this.log = log;
        this.losses = losses;
        this.held = new HeldFrames(heldBytes);
        this.windows = new FrameWindows(format);
        this.clock = clock;
        this.now = clock.nanos();
        this.deadlines = new DeadlineWheel(now);
    }

    /** Reads the clock, once for all writes that follow. */
    long readClock() {
        now = clock.nanos();
        return now;
    }

    /** Everything up to this position of the log has arrived. */
    void arrived(long position) {
        arrivedUpTo = position;
    }

    /** The position of the log up to which everything has arrived. */
    long arrivedUpTo() {
        return arrivedUpTo;
    }

    /** The time when the clock was read last. */
    long now() {
        return now;
    }
}
