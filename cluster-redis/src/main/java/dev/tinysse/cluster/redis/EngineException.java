package dev.tinysse.cluster.redis;

/** The engine does not do what it was asked for. The text is for the log of the server, and has nothing secret in it. */
final class EngineException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What to think of it. */
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
}
