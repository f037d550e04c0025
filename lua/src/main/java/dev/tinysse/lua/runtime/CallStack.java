package dev.tinysse.lua.runtime;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;

/**
 * Counts how much of the Java stack the running calls take, so that endless recursion ends with an error of Lua and not
 * in the middle of some Java code. A coroutine counts its own part of the stack, which lies above that of its resumer.
 * For the thread that holds the engine's lock; {@link #shut} may be called by any.
 */
public final class CallStack {

    private static final int KILOBYTE = 1024;
    /** Calls may take so much; the default suits threads with a stack of a megabyte. */
    private static final int TOTAL = KILOBYTE * Integer.getInteger("dev.tinysse.lua.stackKilobytes", 640);
    private static final int COROUTINE_BYTES = TOTAL / 4;
    /** The limit that no call keeps. */
    private static final int SHUT = -1;
    /** How many calls in tail position go on the Java stack before one is left to the caller. */
    private static final int TAIL_CALLS = 40;
    private static final int MAX_HANDLERS = 190;

    /**
     * How far a stack has been used.
     *
     * @param used bytes taken, counted up to the same limit for each part of the stack
     * @param base where the count of this part began
     * @param below bytes taken by the stacks below that of a coroutine
     * @param tailCalls calls in tail position that are on it
     * @param handlers message handlers that wait for errors
     */
    public record State(int used, int base, int below, int tailCalls, int handlers) {

        /** An empty stack. */
        public static final State FRESH = new State(0, 0, 0, 0, 0);

        /** The empty stack of a coroutine. */
        public static final State OF_COROUTINE = new State(TOTAL - COROUTINE_BYTES, TOTAL - COROUTINE_BYTES, 0, 0, 0);

        /** The use of this part and those below it. */
        private int height() {
            return below + used - base;
        }

        /** The same on top of the stack of the resumer. */
        public State above(State resumer) {
            return new State(used, base, resumer.height(), tailCalls, handlers);
        }
    }

    private int used;
    /**
     * How far the count may go. Another thread changes it, yet it is read as a plain field: compiled code rereads it
     * after each call that is not inlined, and there is no recursion without one. A volatile one would cost each call of a
     * Lua function more than all the rest of the counting.
     */
    private int limit = TOTAL;
    private String reason = "";
    private int base;
    private int below;
    private int tailCalls;
    private int handlers;

    /**
     * Takes room for a call.
     *
     * @return what {@link #giveBack} needs
     * @throws LuaException if there is not enough, or the running call must end
     */
    public int take(int bytes) {
        int before = used;
        int after = before + bytes;
        if (after > limit) {
            throw refusal();
        }
        used = after;
        return before;
    }

    /** How much has been taken. */
    public int used() {
        return used;
    }

    /** Gives back what has been taken since {@code before} was in use. */
    public void giveBack(int before) {
        used = before;
    }

    /** Refuses all calls from now on, for the reason {@code why}. */
    synchronized void shut(String why) {
        reason = why;
        limit = SHUT;
    }

    /** Allows calls again. Callers of this and of {@link #shut} hold the same lock. */
    void open() {
        if (limit == SHUT) {
            synchronized (this) {
                reason = "";
                limit = TOTAL;
            }
        }
    }

    /**
     * Whether a call in tail position may go on the Java stack.
     *
     * @throws LuaException if the running call must end
     */
    public boolean nestTailCall() {
        if (used > limit) {
            throw refusal();
        }
        if (tailCalls >= TAIL_CALLS) {
            return false;
        }
        tailCalls++;
        return true;
    }

    public void leaveTailCall() {
        tailCalls--;
    }

    /**
     * Has one more message handler wait for errors. Of many within each other every one would be called on the way back.
     *
     * @throws LuaException if there are as many as PUC Lua allows
     */
    public void addHandler() {
        if (handlers >= MAX_HANDLERS) {
            throw Failures.of("C stack overflow");
        }
        handlers++;
    }

    /** A handler has not been needed. */
    public void removeHandler() {
        handlers--;
    }

    /** How far the stack has been used; for who catches errors, to go back to. */
    public State state() {
        return new State(used, base, below, tailCalls, handlers);
    }

    /** Goes back or over to a stack. */
    public void become(State state) {
        used = state.used;
        base = state.base;
        below = state.below;
        tailCalls = state.tailCalls;
        handlers = state.handlers;
    }

    /**
     * Refuses to go on with a coroutine above a stack that has been used too far.
     *
     * @throws LuaException if so
     */
    public void checkRoom(State resumer) {
        if (resumer.height() + COROUTINE_BYTES > TOTAL) {
            throw new LuaException(Strings.of("C stack overflow"));
        }
    }

    private synchronized LuaException refusal() {
        return Failures.of(limit == SHUT ? reason : "stack overflow");
    }
}
