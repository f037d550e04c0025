package dev.tinysse.broker.fanout;

import dev.tinysse.broker.stream.ClosedReason;
import java.io.IOException;

/** Why a stream ended. */
enum EndReason {
    CLIENT_LEFT("client-left", Kind.ENDED, ClosedReason.CLIENT),
    /** A client that resets the connection has only then lost something to slowness if it had not taken everything. */
    CLIENT_RESET("client-reset", Kind.CUT_OFF_IF_BEHIND, ClosedReason.CLIENT),
    /** The kernel has closed the connection, whose client took nothing of what waited in the kernel's buffer. */
    CONNECTION_TIMED_OUT("connection-timed-out", Kind.CUT_OFF, ClosedReason.SLOW),
    /** The kernel reports another error. */
    CONNECTION_FAILED("connection-failed", Kind.CUT_OFF, ClosedReason.ERROR),
    /** The client has taken no byte for the write timeout. */
    NOT_READING("not-reading", Kind.CUT_OFF, ClosedReason.SLOW), SENDS_TOO_MUCH("sends-too-much", Kind.CUT_OFF,
            ClosedReason.ERROR),
    /** The frames that clients do not take need more memory than there is for them. */
    HOLDS_TOO_MUCH("holds-too-much", Kind.CUT_OFF, ClosedReason.SLOW),
    /** The stream is as old as it may get. */
    TIMEOUT("timeout", Kind.ENDED, ClosedReason.TIMEOUT),
    /** The same, but the client does not take what comes before the end. */
    TIMEOUT_NOT_READING("timeout-not-reading", Kind.CUT_OFF, ClosedReason.TIMEOUT),
    /** The same, but the {@code message} hook has not decided all messages. */
    TIMEOUT_IN_HOOK("timeout-in-hook", Kind.CUT_OFF, ClosedReason.TIMEOUT),
    /** Its token expires. */
    EXPIRED("expired", Kind.ENDED, ClosedReason.EXPIRED),
    /** The same, but the client does not take what comes before the end. */
    EXPIRED_NOT_READING("expired-not-reading", Kind.CUT_OFF, ClosedReason.EXPIRED),
    /** The same, but the {@code message} hook has not decided all messages. */
    EXPIRED_IN_HOOK("expired-in-hook", Kind.CUT_OFF, ClosedReason.EXPIRED),
    /** A script or an operator has disconnected it. */
    DISCONNECTED("disconnected", Kind.ENDED, ClosedReason.DISCONNECTED),
    /** The same, but the client does not take what comes before the end. */
    DISCONNECTED_NOT_READING("disconnected-not-reading", Kind.CUT_OFF, ClosedReason.DISCONNECTED),
    /** The same, but the {@code message} hook has not decided all messages. */
    DISCONNECTED_IN_HOOK("disconnected-in-hook", Kind.CUT_OFF, ClosedReason.DISCONNECTED),
    /** The log cannot be read, and the client must reconnect to resume. */
    REPLAY_FAILED("replay-failed", Kind.CUT_OFF, ClosedReason.ERROR),
    /** The server stops, and the stream has had everything. */
    STOP("stop", Kind.ENDED, ClosedReason.DRAIN),
    /** The server has stopped before the stream had everything. */
    STOP_UNFINISHED("stop-unfinished", Kind.CUT_OFF, ClosedReason.DRAIN), FAILED("failed", Kind.CUT_OFF,
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
            default -> TIMEOUT_IN_HOOK;
        };
    }

    /** The same reason, for a stream whose client does not take what comes before the end. */
    EndReason notReading() {
        return switch (this) {
            case EXPIRED -> EXPIRED_NOT_READING;
            case DISCONNECTED -> DISCONNECTED_NOT_READING;
            default -> TIMEOUT_NOT_READING;
        };
    }

    /** Whether messages that the client has not taken are lost because of it, and not because it wanted no more. */
    boolean isCutOff(long untaken) {
        return kind == Kind.CUT_OFF || (kind == Kind.CUT_OFF_IF_BEHIND && untaken > 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
