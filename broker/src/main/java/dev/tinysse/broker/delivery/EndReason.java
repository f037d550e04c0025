package dev.tinysse.broker.delivery;

import dev.tinysse.broker.stream.ClosedReason;
import java.io.IOException;

/** Why a stream ended. */
enum EndReason {
    CLIENT_LEFT("client-left", Kind.ENDED, ClosedReason.CLIENT),
    /** A client that resets the connection has lost messages only if some were undelivered. */
    CLIENT_RESET("client-reset", Kind.CUT_OFF_IF_BEHIND, ClosedReason.CLIENT),
    /** The kernel has closed the connection because the client acknowledged no data. */
    CONNECTION_TIMED_OUT("connection-timed-out", Kind.CUT_OFF, ClosedReason.SLOW),
    /** The kernel reports another error. */
    CONNECTION_FAILED("connection-failed", Kind.CUT_OFF, ClosedReason.ERROR),
    /** The client has accepted no data for the write timeout. */
    SLOW_CONSUMER("slow-consumer", Kind.CUT_OFF, ClosedReason.SLOW), SENDS_TOO_MUCH("sends-too-much", Kind.CUT_OFF,
            ClosedReason.ERROR),
    /** The undelivered frames of slow consumers exceed their memory limit. */
    MEMORY_LIMIT("memory-limit", Kind.CUT_OFF, ClosedReason.SLOW),
    /** The stream has reached its maximum lifetime. */
    TIMEOUT("timeout", Kind.ENDED, ClosedReason.TIMEOUT),
    /** The same, but the client does not read the messages before the end. */
    TIMEOUT_SLOW_CONSUMER("timeout-slow-consumer", Kind.CUT_OFF, ClosedReason.TIMEOUT),
    /** The same, but the {@code message} hook has not decided all messages. */
    TIMEOUT_IN_HOOK("timeout-in-hook", Kind.CUT_OFF, ClosedReason.TIMEOUT),
    /** Its token expires. */
    EXPIRED("expired", Kind.ENDED, ClosedReason.EXPIRED),
    /** The same, but the client does not read the messages before the end. */
    EXPIRED_SLOW_CONSUMER("expired-slow-consumer", Kind.CUT_OFF, ClosedReason.EXPIRED),
    /** The same, but the {@code message} hook has not decided all messages. */
    EXPIRED_IN_HOOK("expired-in-hook", Kind.CUT_OFF, ClosedReason.EXPIRED),
    /** A script or an operator has disconnected it. */
    DISCONNECTED("disconnected", Kind.ENDED, ClosedReason.DISCONNECTED),
    /** The same, but the client does not read the messages before the end. */
    DISCONNECTED_SLOW_CONSUMER("disconnected-slow-consumer", Kind.CUT_OFF, ClosedReason.DISCONNECTED),
    /** The same, but the {@code message} hook has not decided all messages. */
    DISCONNECTED_IN_HOOK("disconnected-in-hook", Kind.CUT_OFF, ClosedReason.DISCONNECTED),
    /** The log cannot be read, and the client must reconnect to resume. */
    REPLAY_FAILED("replay-failed", Kind.CUT_OFF, ClosedReason.ERROR),
    /** The server stops, and all messages of the stream are delivered. */
    STOP("stop", Kind.ENDED, ClosedReason.DRAIN),
    /** The server has stopped before all messages of the stream were delivered. */
    STOP_UNFINISHED("stop-unfinished", Kind.CUT_OFF, ClosedReason.DRAIN),
    /** The same, because the {@code message} hook has not decided all messages. */
    STOP_IN_HOOK("stop-in-hook", Kind.CUT_OFF, ClosedReason.DRAIN), FAILED("failed", Kind.CUT_OFF,
            ClosedReason.ERROR);

    private enum Kind {
        ENDED, CUT_OFF, CUT_OFF_IF_BEHIND
    }

    /** How operators count it. */
    final ClosedReason closed;
    private final String text;
    private final Kind kind;

    EndReason(String text, Kind kind, ClosedReason closed) {
        this.text = text;
        this.kind = kind;
        this.closed = closed;
    }

    /** The reason for a failed read or write. The JDK tells kinds apart by the kernel's text alone. */
    static EndReason of(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.contains("timed out")) {
            return CONNECTION_TIMED_OUT;
        }
        return text.contains("reset") || text.contains("Broken pipe") ? CLIENT_RESET : CONNECTION_FAILED;
    }

    /** The same reason, for a stream that does not wait any longer for the {@code message} hook. */
    EndReason inHook() {
        return switch (this) {
            case EXPIRED -> EXPIRED_IN_HOOK;
            case DISCONNECTED -> DISCONNECTED_IN_HOOK;
            case STOP -> STOP_IN_HOOK;
            default -> TIMEOUT_IN_HOOK;
        };
    }

    /** The same reason, for a stream whose client does not read the messages before the end. */
    EndReason slowConsumer() {
        return switch (this) {
            case EXPIRED -> EXPIRED_SLOW_CONSUMER;
            case DISCONNECTED -> DISCONNECTED_SLOW_CONSUMER;
            case STOP -> STOP_UNFINISHED;
            default -> TIMEOUT_SLOW_CONSUMER;
        };
    }

    /** Whether undelivered messages count as lost; messages that the client did not want any more do not. */
    boolean isCutOff(long untaken) {
        return kind == Kind.CUT_OFF || (kind == Kind.CUT_OFF_IF_BEHIND && untaken > 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
