package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.EventId;
import java.time.InstantSource;
import java.util.List;

/** The knowledge of a node about the log: its last position, its epochs, and the time of Redis. Safe for any thread. */
final class NodeState {
    private final InstantSource clock;
    private final boolean engineTime;
    /** The id of the node in Redis, different from all others, whatever their names. */
    final String instance = EventId.newEpoch();
    private volatile Epochs epochs = Epochs.UNKNOWN;
    private volatile long offset;
    private volatile long followed;
    private volatile long acknowledged;
    private volatile Doubt doubt = new Doubt(0, 0);

    /** Positions that Redis may have given before it returned with an older log: behind one, and before another. */
    private record Doubt(long after, long before) {}

    NodeState(InstantSource clock) {
        this.clock = clock;
        engineTime = clock.equals(InstantSource.system());
    }

    /** The time for a script: that of Redis, unless a test has another clock. */
    byte[] time() {
        return EngineConnection.bytes(engineTime ? "" : String.valueOf(clock.millis()));
    }

    /** Redis has reported its time. */
    void time(long millis) {
        if (engineTime) {
            offset = millis - clock.millis();
        }
    }

    long millis() {
        return clock.millis() + offset;
    }

    Epochs epochs() {
        return epochs;
    }

    synchronized void epochs(String text) {
        epochs = epochs.with(text);
    }

    long followed() {
        return followed;
    }

    void followed(long position) {
        followed = position;
    }

    long acknowledged() {
        return acknowledged;
    }

    void acknowledged(long position) {
        acknowledged = position;
    }

    /** Redis has reported which positions are in doubt. */
    void doubt(String text) {
        int space = text.indexOf(' ');
        doubt = space < 0
                ? new Doubt(0, 0)
                : new Doubt(StreamIds.position(EngineConnection.bytes(text.substring(0, space))),
                        StreamIds.position(EngineConnection.bytes(text.substring(space + 1))));
    }

    /** Whether Redis may have lost what had a position; it knows whether that is still so. */
    boolean isInDoubt(long position) {
        Doubt now = doubt;
        return position > now.after && position < now.before;
    }

    long seen() {
        return Math.max(followed, acknowledged);
    }

    /** Time, an epoch to begin if there has to be one, and the known epochs: what most scripts take first. */
    List<byte[]> scriptArguments() {
        return List.of(time(), EngineConnection.bytes(EventId.newEpoch()), EngineConnection.bytes(epochs.toString()));
    }
}
