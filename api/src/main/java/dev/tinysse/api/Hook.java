package dev.tinysse.api;

/** The eight moments at which a script is asked. */
public enum Hook {
    /** Once, after the socket is bound and before the first request is served. */
    STARTUP,
    /** Again and again, with a pause between. */
    TICK,
    /** A message was posted. */
    PUBLISH,
    /** A client requests a stream. */
    SUBSCRIBE,
    /** A stream begins: which messages does it replay? */
    CATCHUP,
    /** Before each delivery to each stream. */
    MESSAGE,
    /** A stream's time is up. */
    TIMEOUT,
    /** A stream is gone. */
    UNSUBSCRIBE
}
