package dev.tinysse.server.http;

/** Whether the server takes new requests. Safe for any thread. */
public final class Lifecycle {
    private volatile boolean stopping;

    /** {@return whether a stop has begun} */
    public boolean isStopping() {
        return stopping;
    }

    /** Turns new requests away from now on. */
    public void stop() {
        stopping = true;
    }
}
