package dev.tinysse.luahooks;

import dev.tinysse.api.Script;
import dev.tinysse.lua.CallLimits;

/**
 * How far a script has come: its top level or {@code startup} is running, or it serves. A thread that holds the lock of the engine changes
 * it; any thread may ask.
 */
final class ScriptPhase {
    private final CallLimits startingLimits;
    private final CallLimits servingLimits;
    private volatile boolean starting = true;
    private volatile boolean loading = true;

    /** A script whose top level is about to run. */
    ScriptPhase(Script script) {
        this.startingLimits = new CallLimits(script.startupTimeout(), script.memory());
        this.servingLimits = new CallLimits(script.timeout(), script.memory());
    }

    /** The top level has run. */
    void loaded() {
        loading = false;
        starting = false;
    }

    /** Whether the top level is running. */
    boolean isLoading() {
        return loading;
    }

    void starting(boolean now) {
        starting = now;
    }

    boolean isStarting() {
        return starting;
    }

    /** The limits of a call that begins now. */
    CallLimits limits() {
        return starting ? startingLimits : servingLimits;
    }

    /** The limits of a call while the script serves. */
    CallLimits servingLimits() {
        return servingLimits;
    }
}
