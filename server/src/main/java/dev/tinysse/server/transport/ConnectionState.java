package dev.tinysse.server.transport;

import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * The phase of a connection, and its deadline. The connection's thread makes the transitions; the thread that
 * watches over all connections calls {@link #expire} alone.
 *
 * <p>State and deadline are one value, and every transition replaces it atomically: of a request that becomes complete and a
 * deadline that passes at the same moment, one comes first, and the other finds that out. So a connection's thread never
 * writes once a request has timed out, and a request that is complete never times out.
 *
 * <pre>
 * AWAITING_REQUEST → READING_HEAD → READING_BODY → HANDLING → AWAITING_REQUEST, or ENDED behind the last response
 *                                        HANDLING → DETACHED, when the channel leaves HTTP for a stream
 * READING_HEAD, READING_BODY → TIMED_OUT         all but DETACHED → CLOSING
 * </pre>
 */
final class ConnectionState {
    /** How long a client may take to see the last response, and to close. */
    static final Duration LINGER = Duration.ofSeconds(2);

    /** The activity of a connection. */
    enum Phase {
        /** Nothing of a request has come. It is closed without a response when nothing comes in time. */
        AWAITING_REQUEST,
        /** Part of a request head has come. */
        READING_HEAD,
        /** A request head has come, and perhaps part of the body. */
        READING_BODY,
        /** The request is complete, or has got its response early: no deadline of the client applies. */
        HANDLING,
        /** The last response has been sent: further bytes are not read as a request. */
        ENDED,
        /** The rest of a request did not come in time. The output belongs to the 408. */
        TIMED_OUT,
        /** The channel belongs to a stream. */
        DETACHED,
        /** The client receives the last response, or the channel is closed already. */
        CLOSING
    }

    /** The duty of the watching thread. */
    enum Expiry {
        NOTHING, RESPOND, CLOSE
    }

    /**
     * A state.
     *
     * @param last whether the client has asked for no more than this request
     * @param writing whether bytes are on their way to the client, so that the deadline is the client's for taking them
     * @param deadline in nanoseconds of the clock, or {@link #NEVER}
     */
    private record State(Phase phase, boolean last, boolean writing, long deadline) {}

    private static final long NEVER = Long.MAX_VALUE;

    private final TransportConfig config;
    private final LongSupplier clock;
    private final AtomicReference<State> current;
    private volatile boolean used;

    /**
     * A connection of which nothing has been read.
     *
     * @param config how long to wait for what
     * @param clock nanoseconds, as of {@link System#nanoTime}
     */
    ConnectionState(TransportConfig config, LongSupplier clock) {
        this.config = config;
        this.clock = clock;
        this.current = new AtomicReference<>(
                new State(Phase.AWAITING_REQUEST, false, false, deadline(config.headTimeout())));
    }

    Phase phase() {
        return current.get().phase;
    }

    /** Whether its client waits for a response, or is about to send the first request. Any thread. */
    boolean isExpectingResponse() {
        return switch (current.get().phase) {
            case AWAITING_REQUEST -> !used;
            case READING_HEAD, READING_BODY, HANDLING -> true;
            default -> false;
        };
    }

    /** Whether this request is the connection's last: the client said so, or its body has not been read to its end. */
    boolean isLastRequest() {
        State state = current.get();
        return state.last || state.phase == Phase.READING_BODY;
    }

    /** The client may send its first request from now on, for which it has as much time as it had for the handshake. */
    void handshakeComplete() {
        move(_ -> new State(Phase.AWAITING_REQUEST, false, false, deadline(config.headTimeout())));
    }

    /** Bytes have come from the client. */
    void bytesReceived() {
        move(state -> state.phase == Phase.AWAITING_REQUEST
                ? new State(Phase.READING_HEAD, false, false, deadline(config.headTimeout()))
                : state);
    }

    /** All that has come of a request is the empty line that may stand before it. */
    void emptyLineSkipped() {
        move(state -> state.phase == Phase.READING_HEAD ? awaiting() : state);
    }

    /** The request head has been read. */
    void headComplete(boolean hasBody, boolean last) {
        used = true;
        move(state -> hasBody
                ? new State(Phase.READING_BODY, last, false, deadline(config.bodyTimeout()))
                : new State(Phase.HANDLING, last, false, NEVER));
    }

    /** A part of a body has come that is read while it arrives: the next one has as much time. */
    void bodyContinues() {
        move(state -> state.phase == Phase.READING_BODY
                ? new State(Phase.READING_BODY, state.last, state.writing, deadline(config.bodyTimeout()))
                : state);
    }

    /** The body of the request has been read. */
    void bodyComplete() {
        move(state -> state.phase == Phase.READING_BODY ? new State(Phase.HANDLING, state.last, false, NEVER) : state);
    }

    /** The request has been handled. If its body was not read, it was the last: nobody knows where another one would begin. */
    void requestComplete() {
        move(state -> switch (state.phase) {
            case READING_BODY -> new State(Phase.ENDED, true, false, NEVER);
            case HANDLING -> state.last ? new State(Phase.ENDED, true, false, NEVER) : awaiting();
            default -> state;
        });
    }

    /** Bytes are being sent: the client has the write timeout to take some. Again whenever it has taken some. */
    void writing() {
        move(state -> new State(state.phase, state.last, true, deadline(config.writeTimeout())));
    }

    /** An interim response has been sent: the deadline for the rest of the request begins again. */
    void interimResponseWritten() {
        move(state -> new State(state.phase, state.last, false,
                state.phase == Phase.READING_BODY ? deadline(config.bodyTimeout()) : NEVER));
    }

    /** A response has been sent, or part of it. No deadline applies to the unread rest of its request. */
    void responseWritten() {
        move(state -> switch (state.phase) {
            case READING_HEAD, READING_BODY -> new State(Phase.HANDLING, true, false, NEVER);
            case AWAITING_REQUEST -> awaiting();
            default -> new State(state.phase, state.last, false, NEVER);
        });
    }

    /** The channel leaves HTTP. */
    void detach() {
        move(state -> new State(Phase.DETACHED, state.last, false, NEVER));
    }

    /** The connection closes. A 408 that is being sent is not disturbed: {@link Phase#TIMED_OUT} stays. */
    void closing() {
        State closing = new State(Phase.CLOSING, true, false, deadline(LINGER));
        current.updateAndGet(
                state -> state.phase == Phase.TIMED_OUT || state.phase == Phase.DETACHED ? state : closing);
    }

    /**
     * Applies the deadline. For the watching thread.
     *
     * @return what to do; after {@link Expiry#RESPOND} the caller alone may write to the client
     */
    Expiry expire() {
        State state = current.get();
        if (state.deadline == NEVER || clock.getAsLong() - state.deadline < 0) {
            return Expiry.NOTHING;
        }
        boolean respond = !state.writing && (state.phase == Phase.READING_HEAD || state.phase == Phase.READING_BODY);
        State next = new State(respond ? Phase.TIMED_OUT : Phase.CLOSING, true, false,
                respond ? deadline(LINGER) : NEVER);
        if (!current.compareAndSet(state, next)) {
            return Expiry.NOTHING;
        }
        return respond ? Expiry.RESPOND : Expiry.CLOSE;
    }

    /** A transition of the connection's thread, which ends when the watching thread was first, or the channel is a stream's. */
    private void move(UnaryOperator<State> transition) {
        State before = current.getAndUpdate(state -> isOver(state) ? state : transition.apply(state));
        if (isOver(before)) {
            throw new CloseConnectionException("the connection is over: " + before.phase);
        }
    }

    private static boolean isOver(State state) {
        return state.phase == Phase.TIMED_OUT || state.phase == Phase.DETACHED || state.phase == Phase.CLOSING;
    }

    private State awaiting() {
        return new State(Phase.AWAITING_REQUEST, false, false, deadline(config.idleTimeout()));
    }

    private long deadline(Duration time) {
        return time.isZero() ? NEVER : clock.getAsLong() + time.toNanos();
    }
}
