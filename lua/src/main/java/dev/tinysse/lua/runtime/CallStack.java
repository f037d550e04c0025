package dev.tinysse.lua.runtime;

import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;

/**
 * Counts how much of the Java stack the running calls take, so that endless recursion ends with an error of Lua and not
 * in the middle of some Java code. A coroutine counts its own part of the stack, which lies above that of its resumer.
 */
public final class CallStack {

    private static final int KILOBYTE = 1024;
    /** Calls may take so much; the default suits threads with a stack of a megabyte. */
    private static final int TOTAL = KILOBYTE * Integer.getInteger("dev.tinysse.lua.stackKilobytes", 640);
    private static final int OF_COROUTINE = TOTAL / 4;
    /** How many calls in tail position go on the Java stack before one is left to the caller. */
    private static final int TAIL_CALLS = 40;
    private static final int MOST_HANDLERS = 190;

    /**
     * How far a stack has been used.
     *
     * @param free bytes left
     * @param below bytes taken by the stacks below that of a coroutine
     * @param size bytes that this part of the stack may take
     * @param tailCalls calls in tail position that are on it
     * @param handlers message handlers that wait for errors
     */
    public record State(int free, int below, int size, int tailCalls, int handlers) {

        /** An empty stack. */
        public static final State FRESH = new State(TOTAL, 0, TOTAL, 0, 0);

        /** The empty stack of a coroutine. */
        public static final State OF_COROUTINE = new State(CallStack.OF_COROUTINE, 0, CallStack.OF_COROUTINE, 0,
                0);

        private int used() {
            return below + size - free;
        }

        /** The same on top of the stack of the resumer. */
        public State above(State resumer) {
            return new State(free, resumer.used(), size, tailCalls, handlers);
        }
    }

    private int free = TOTAL;
    private int below;
    private int size = TOTAL;
    private int tailCalls;
    private int handlers;

    /** Takes room for a call; gives what {@link #free(int)} needs. */
    int take(int bytes) {
        int before = free;
        if (before < bytes) {
            throw overflow();
        }
        free = before - bytes;
        return before;
    }

    /** How much room there is. */
    int free() {
        return free;
    }

    /** Gives back room. */
    void free(int before) {
        free = before;
    }

    boolean nestTailCall() {
        if (tailCalls >= TAIL_CALLS) {
            return false;
        }
        tailCalls++;
        return true;
    }

    void leaveTailCall() {
        tailCalls--;
    }

    /**
     * Has one more message handler wait for errors. Of many within each other every one would be called on the way back.
     *
     * @throws LuaException if there are as many as PUC Lua allows
     */
    void addHandler() {
        if (handlers >= MOST_HANDLERS) {
            throw Failures.of("C stack overflow");
        }
        handlers++;
    }

    /** A handler has not been needed. */
    void removeHandler() {
        handlers--;
    }

    /** How far the stack has been used; for who catches errors, to go back to. */
    public State state() {
        return new State(free, below, size, tailCalls, handlers);
    }

    /** Goes back or over to a stack. */
    public void become(State state) {
        free = state.free;
        below = state.below;
        size = state.size;
        tailCalls = state.tailCalls;
        handlers = state.handlers;
    }

    /**
     * Refuses to go on with a coroutine above a stack that has been used too far.
     *
     * @throws LuaException if so
     */
    public void checkRoom(State resumer) {
        if (resumer.used() + OF_COROUTINE > TOTAL) {
            throw new LuaException(Strings.of("C stack overflow"));
        }
    }

    private LuaException overflow() {
        return Failures.of("stack overflow");
    }
}
