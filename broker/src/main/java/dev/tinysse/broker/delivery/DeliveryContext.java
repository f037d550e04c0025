package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.NanoClock;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.StreamFormat;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the subscribers of one delivery thread share. That thread alone uses it, but any thread may read the metrics. */
final class DeliveryContext {
    private static final int SCRATCH_BYTES = 64 * 1024;
    private static final int INPUT_BYTES = 4096;

    final BrokerConfig config;
    final StreamFormat format;
    final EventLog log;
    final LongAdder losses;
    final DeliveryFigures figures;
    final DeadlineWheel deadlines;
    /** For frames that are written together. */
    final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    /** For bytes that clients send. */
    final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
    /** The windows on rings by form: of events and of envelopes, then of both compressed; null before a stream wants one. */
    private final @Nullable FrameWindow[] windows = new @Nullable FrameWindow[4];
    private final NanoClock clock;
    private final long heldLimit;
    private long held;
    private int holders;
    private long now;
    private long arrivedUpTo;

    DeliveryContext(BrokerConfig config, StreamFormat format, EventLog log, LongAdder losses, long heldBytes,
            NanoClock clock) {
        this.config = config;
        this.format = format;
        this.log = log;
        this.losses = losses;
        this.heldLimit = heldBytes;
        this.clock = clock;
        this.figures = new DeliveryFigures(clock);
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

    /** The window of a form, which shows this ring. */
    FrameWindow window(Ring ring, boolean envelopes, boolean compressed) {
        int form = (envelopes ? 1 : 0) + (compressed ? 2 : 0);
        FrameWindow window = windows[form];
        if (window == null) {
            window = new FrameWindow(format, envelopes, compressed);
            windows[form] = window;
        }
        window.show(ring);
        return window;
    }

    /** The messages of some ring have new numbers. */
    void clearWindows() {
        for (FrameWindow window : windows) {
            if (window != null) {
                window.clear();
            }
        }
    }

    /**
     * A stream holds another number of bytes than before that its client does not accept, and that are for it alone: frames of a replay,
     * or of a {@code message} hook that changes messages, and what its channel has encrypted.
     */
    void held(long before, long after) {
        held += after - before;
        holders += (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    }

    /** Whether a stream has to go for what all of them hold. What a single one holds is always allowed. */
    boolean isTooMuchHeld() {
        return held > heldLimit && holders > 1;
    }
}
