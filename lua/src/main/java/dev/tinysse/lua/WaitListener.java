package dev.tinysse.lua;

/** Is called when a call is about to wait. */
@FunctionalInterface
public interface WaitListener {

    /**
     * A built-in is about to let go of the engine's lock and wait. Called on the thread of the call, which still holds the
     * lock: must be quick, and must not enter the engine.
     */
    void aboutToWait();
}
