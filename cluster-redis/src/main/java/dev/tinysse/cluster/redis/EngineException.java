package dev.tinysse.cluster.redis;

import java.util.Optional;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** A call of Redis failed. The text is for the log of the server, and has nothing secret in it. */
final class EngineException extends Exception {
    private static final long serialVersionUID = 1;
    private static final String TOO_MANY = "ERR max number of clients";

    private final Kind kind;

    /** The kind of failure. */
    enum Kind {
        /** The connection cannot be made, or has ended. */
        LOST,
        /** It does not answer within the time limit. */
        SILENT,
        /** It refuses the login. */
        LOGIN,
        /** It cannot be used, as it is: too old, or no master. */
        UNFIT,
        /** It takes nothing, since its memory is full. */
        FULL,
        /** It answers with another error. */
        REPLY
    }

    EngineException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    EngineException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** Whether an operator has to change Redis or the address before it can be used. */
    boolean isUnfit() {
        return kind == Kind.LOGIN || kind == Kind.UNFIT
                || kind == Kind.REPLY && getMessage().startsWith("ERR ") && !getMessage().startsWith(TOO_MANY);
    }

    /** The server of the keys, if this one belongs to a Redis Cluster and has other keys. */
    Optional<HostAndPort> movedTo() {
        return getCause() instanceof JedisMovedDataException moved
                ? Optional.of(moved.getTargetNode())
                : Optional.empty();
    }
}
