package dev.tinysse.lua.runtime;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.memory.CallMemory;
import dev.tinysse.lua.memory.Ledger;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Strings;
import java.util.function.BooleanSupplier;

/**
 * The time and the memory of the running call. {@link #stop} and {@link #watchMemory} may be called by any thread, all else
 * by the one that holds the engine's lock.
 */
public final class Budget implements Meter {

    private static final String NOT_ENOUGH_MEMORY = "not enough memory";

    private final CallStack stack;
    private volatile boolean exhausted;
    /** The thread that holds the engine's lock changes it, under this object's; others read it under this object's. */
    private CallMemory memory = CallMemory.UNLIMITED;
    private volatile String reason = "";
    /** How many bytes may be counted before the ledger is asked. */
    private long unasked = Long.MAX_VALUE;

    /** @param stack takes no more calls while the running one must end */
    Budget(CallStack stack) {
        this.stack = stack;
    }

    /** Counts for another call: a new one, or one that goes on. */
    synchronized void become(CallMemory call, long uncharged, String exhaustion) {
        memory = call;
        unasked = uncharged;
        if (!exhaustion.isEmpty()) {
            exhaust(exhaustion);
        } else if (exhausted) {
            reason = "";
            exhausted = false;
            stack.open();
        }
    }

    CallMemory memory() {
        return memory;
    }

    long unasked() {
        return unasked;
    }

    String exhaustion() {
        return reason;
    }

    /**
     * Ends the running call with an error at its next step, and again whenever it catches that. {@link #become} needs the same lock,
     * so that no other call begins between the question and the end.
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
        unasked -= bytes;
        if (unasked < 0) {
            ask(bytes);
        }
    }

    private void ask(long bytes) {
        CallMemory call = memory;
        if (exhausted) {
            throw new LuaException(Strings.of(exhaustion()));
        }
        unasked += bytes;
        if (call.isLimited() && !Ledger.ofJvm().admits(call, counted(), bytes)) {
            stop(NOT_ENOUGH_MEMORY, () -> true);
            unasked = 0;
            throw new LuaException(Strings.of(NOT_ENOUGH_MEMORY));
        }
    }

    /** The count since the ledger was read, which is read now. */
    private long counted() {
        long counted = memory.step() - unasked;
        unasked = memory.step();
        return counted;
    }

    /**
     * Counts what the running call has been handed that was made while it waited.
     *
     * @throws LuaException if the call holds more than it may
     */
    void receive(long bytes) {
        CallMemory call = memory;
        if (call.isLimited() && !Ledger.ofJvm().receive(call, bytes)) {
            stop(NOT_ENOUGH_MEMORY, () -> true);
            throw new LuaException(Strings.of(NOT_ENOUGH_MEMORY));
        }
    }

    /** Ends the running call if it exceeds its memory limit; to be called every few milliseconds while one runs. */
    public void watchMemory() {
        CallMemory call = running();
        if (call.isLimited() && !Ledger.ofJvm().admits(call, 0, 0)) {
            stop(NOT_ENOUGH_MEMORY, () -> memory == call);
        }
    }

    private synchronized CallMemory running() {
        return memory;
    }

    /** The running call begins to wait: what others take meanwhile is not its doing. */
    public void pause() {
        CallMemory call = memory;
        if (call.isLimited() && !Ledger.ofJvm().pause(call, counted())) {
            stop(NOT_ENOUGH_MEMORY, () -> true);
        }
    }

    /** The running call goes on. */
    public void resume() {
        if (memory.isLimited()) {
            Ledger.ofJvm().resume(memory);
        }
    }
}
