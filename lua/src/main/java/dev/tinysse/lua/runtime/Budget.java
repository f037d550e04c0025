package dev.tinysse.lua.runtime;

import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Strings;
import java.util.function.BooleanSupplier;

/**
 * The time and the memory of the running call. {@link #stop} may be called by any thread, all else by the one that holds
 * the engine's lock.
 */
public final class Budget implements Meter {

    private final CallStack stack;
    private volatile boolean exhausted;
    private String reason = "";
    private long memory = Long.MAX_VALUE;

    /** @param stack takes no more calls while the running one must end */
    Budget(CallStack stack) {
        this.stack = stack;
    }

    /** Counts for another call: a new one, or one that goes on. */
    synchronized void become(long bytes, String exhaustion) {
        memory = bytes;
        if (exhaustion.isEmpty()) {
            reason = "";
            exhausted = false;
            stack.open();
        } else {
            exhaust(exhaustion);
        }
    }

    long memory() {
        return memory;
    }

    synchronized String exhaustion() {
        return reason;
    }

    /**
     * Ends the running call with an error at its next step, and again whenever it catches that.
     *
     * @param stillMeant whether the call that was meant is still the running one
     */
    public synchronized void stop(String why, BooleanSupplier stillMeant) {
        if (stillMeant.getAsBoolean()) {
            exhaust(why);
        }
    }

    private void exhaust(String why) {
        reason = why;
        exhausted = true;
        stack.shut(why);
    }

    /**
     * Ends the call if it must end. Loops ask here; a call of a function asks {@link CallStack#take}.
     *
     * @throws LuaException if so
     */
    public void poll() {
        if (exhausted) {
            throw Failures.of(exhaustion());
        }
    }

    @Override
    public void charge(long bytes) {
        memory -= bytes;
        if (memory < 0) {
            throw memoryExceeded();
        }
    }

    private LuaException memoryExceeded() {
        stop("not enough memory", () -> true);
        return new LuaException(Strings.of("not enough memory"));
    }
}
