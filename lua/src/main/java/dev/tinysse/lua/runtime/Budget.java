package dev.tinysse.lua.runtime;

import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Meter;

/** The deadline and the memory allowance of the running call. {@link #stop} may be called by any thread. */
public final class Budget implements Meter {

    private volatile boolean exhausted;
    private volatile String reason = "";
    private long remaining = Long.MAX_VALUE;

    /** Starts to count for a new call. */
    void begin(long bytes) {
        remaining = bytes;
        reason = "";
        exhausted = false;
    }

    /** Ends the running call with an error at its next step, and again whenever it catches that. */
    public void stop(String why) {
        reason = why;
        exhausted = true;
    }

    /**
     * Ends the call if it must end.
     *
     * @throws LuaException if so
     */
    public void poll() {
        if (exhausted) {
            throw Failures.of(reason);
        }
    }

    @Override
    public void charge(long bytes) {
        remaining -= bytes;
        if (remaining < 0) {
            stop("not enough memory");
            throw new LuaException("not enough memory", null);
        }
    }
}
