package dev.tinysse.broker.log;

/** An operation of the log failed. The text is one clear statement for the log of the server, not for clients. */
public class LogException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** The meaning for the publisher or reader. */
    public enum Kind {
        /** There is no room: nothing was appended, and a later append may succeed. */
        FULL("history is full"),
        /** Nothing was appended, and a later append may succeed. */
        UNAVAILABLE("history is unavailable"),
        /** There is no connection to what the log needs: nothing was appended, and a later append may succeed. */
        DISCONNECTED("not connected to the cluster"),
        /** A resource of the log does not respond: the publications may have been appended or not. */
        UNCERTAIN("the cluster does not answer; the message may or may not have been published"),
        /** The log takes nothing any more, until the server is started again. */
        FAILED(UNAVAILABLE.text);

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** {@return the reason of a failed append, for publishers} */
        public String text() {
            return text;
        }
    }

    /**
     * A failure.
     *
     * @param kind what to think of it
     * @param message what went wrong, not null
     */
    public LogException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * A failure with a cause.
     *
     * @param kind what to think of it
     * @param message what went wrong, not null
     * @param cause what led to it
     */
    public LogException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** {@return what to think of it} */
    public Kind kind() {
        return kind;
    }
}
