package dev.tinysse.lua.coroutine;

import dev.tinysse.lua.frames.Activation;
import dev.tinysse.lua.frames.Frames;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.runtime.CallStack;
import dev.tinysse.lua.runtime.ErrorFrames;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.RunningStack;
import dev.tinysse.lua.value.LuaException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A coroutine, or the main stack of a call. A coroutine is a continuation of the JVM: it has no thread, any thread that
 * holds the engine's lock may resume it, and one that nobody refers to is garbage.
 */
public final class Coroutine extends LuaValue implements Frames.Base, RunningStack {

    /** The result of {@code coroutine.status}. */
    public enum Status {
        SUSPENDED, RUNNING, NORMAL, DEAD
    }

    private static final ContinuationScope SCOPE = new ContinuationScope("lua");
    /** As many resumes inside of each other as PUC Lua allows. */
    private static final int MAX_DEPTH = 190;

    private final LuaRuntime runtime;
    private final Continuation continuation;
    private Status status;
    private int depth;
    private int unyieldable;
    private CallStack.State stack = CallStack.State.OF_COROUTINE;
    private Varargs transfer = NONE;
    private Throwable failure;
    private boolean closing;
    private Wait<?> wait;

    private Coroutine(LuaRuntime runtime, LuaValue function) {
        this.runtime = runtime;
        this.continuation = function == null ? null : new Body(function);
        this.status = function == null ? Status.RUNNING : Status.SUSPENDED;
    }

    /** The coroutine that runs, or the main stack of the running call. */
    public static Coroutine running(LuaRuntime runtime) {
        if (runtime.running() instanceof Coroutine coroutine) {
            return coroutine;
        }
        Coroutine main = new Coroutine(runtime, null);
        runtime.running(main);
        return main;
    }

    /** A coroutine that will run {@code function}. */
    public static Coroutine of(LuaRuntime runtime, LuaValue function) {
        return new Coroutine(runtime, function);
    }

    private final class Body extends Continuation {

        Body(LuaValue function) {
            super(SCOPE, () -> enter(function));
        }

        /** A wait of the JDK within the coroutine keeps its thread: only {@link #block} lets go. */
        @Override
        protected void onPinned(Continuation.Pinned reason) {
            throw new LuaException("attempt to yield across a C-call boundary", null);
        }
    }

    private void enter(LuaValue function) {
        try {
            transfer = Calls.invoke(runtime, function, transfer);
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    @Override
    public int type() {
        return TTHREAD;
    }

    @Override
    public String typename() {
        return "thread";
    }

    public Status status() {
        return status;
    }

    /** Whether this is the main stack of a call. */
    public boolean isMain() {
        return continuation == null;
    }

    /** Whether {@link #yield} would succeed now. */
    public boolean isYieldable() {
        return !isMain() && unyieldable == 0;
    }

    /**
     * Runs the coroutine until it yields or ends.
     *
     * @return what it yields or returns
     * @throws LuaException the error it ends with, or that it cannot be resumed
     */
    public Varargs resume(Varargs arguments) {
        if (status != Status.SUSPENDED) {
            String what = status == Status.DEAD ? "dead" : "non-suspended";
            throw new LuaException("cannot resume " + what + " coroutine", null);
        }
        transfer = arguments;
        run(running(runtime));
        if (continuation.isDone()) {
            status = Status.DEAD;
            if (failure != null) {
                throw rethrown();
            }
        } else {
            status = Status.SUSPENDED;
        }
        Varargs results = transfer;
        transfer = NONE;
        return results;
    }

    /** Switches to this coroutine and back; what it wants to wait for is waited for by the main stack. */
    private void run(Coroutine caller) {
        if (caller.depth >= MAX_DEPTH) {
            throw new LuaException("C stack overflow", null);
        }
        CallStack.State callerStack = runtime.stack().state();
        runtime.stack().checkRoom(callerStack);
        depth = caller.depth + 1;
        caller.status = Status.NORMAL;
        Wait<?> request;
        do {
            status = Status.RUNNING;
            runtime.running(this);
            runtime.stack().become(stack.above(callerStack));
            continuation.run();
            stack = runtime.stack().state();
            runtime.running(caller);
            runtime.stack().become(callerStack);
            request = wait;
            wait = null;
            if (request != null) {
                caller.carry(request);
            }
        } while (request != null);
        caller.status = Status.RUNNING;
    }

    /** Waits here if this is the main stack, else lets the resumer wait. */
    private void carry(Wait<?> request) {
        if (isMain()) {
            request.run(runtime);
        } else {
            wait = request;
            Continuation.yield(SCOPE);
        }
    }

    private RuntimeException rethrown() {
        Throwable thrown = failure;
        return switch (thrown) {
            case RuntimeException error -> error;
            case Error error -> throw error;
            default -> new IllegalStateException(thrown);
        };
    }

    /**
     * Suspends the running coroutine.
     *
     * @return what the next resume passes in
     * @throws LuaException if there is no coroutine that could be suspended here
     */
    @SuppressWarnings("NamedLikeContextualKeyword") // Lua's word
    public static Varargs yield(LuaRuntime runtime, Varargs values) {
        Coroutine running = running(runtime);
        if (running.isMain()) {
            throw new LuaException("attempt to yield from outside a coroutine", null);
        }
        if (running.unyieldable > 0) {
            throw new LuaException("attempt to yield across a C-call boundary", null);
        }
        running.transfer = values;
        Continuation.yield(SCOPE);
        if (running.closing) {
            throw new Ended();
        }
        Varargs passed = running.transfer;
        running.transfer = NONE;
        return passed;
    }

    /** Runs {@code work} during which the running coroutine cannot be suspended. */
    public static <T> T withoutYield(LuaRuntime runtime, Supplier<T> work) {
        Coroutine running = running(runtime);
        running.unyieldable++;
        try {
            return work.get();
        } finally {
            running.unyieldable--;
        }
    }

    /** The functions on the stack of a coroutine that does not run, or was ended by an error, innermost first. */
    public List<Activation> activations() {
        if (failure != null) {
            return ErrorFrames.of(runtime, failure);
        }
        boolean suspended = status == Status.SUSPENDED && resumedOnce();
        return suspended ? ErrorFrames.of(runtime, continuation.getStackTrace()) : List.of();
    }

    /** Waits, with the engine's lock let go, on whatever stack is running. */
    public static <T> T block(LuaRuntime runtime, Callable<T> work) throws Exception {
        Wait<T> request = new Wait<>(work);
        running(runtime).carry(request);
        return request.result();
    }

    /**
     * Ends a suspended or dead coroutine and closes its pending variables.
     *
     * @throws LuaException the error it ended with, or one from closing
     */
    public void close() {
        if (status == Status.SUSPENDED && !continuation.isDone() && resumedOnce()) {
            closing = true;
            unyieldable++;
            run(running(runtime));
        }
        status = Status.DEAD;
        Throwable ended = failure;
        failure = null;
        if (ended instanceof LuaException error) {
            throw error;
        }
    }

    private boolean resumedOnce() {
        return depth > 0;
    }

    /** Unwinds the stack of a coroutine that is being closed. */
    private static final class Ended extends Error {

        private static final long serialVersionUID = 1L;

        Ended() {
            super(null, null, false, false);
        }
    }

    private static final class Wait<T> {

        private final Callable<T> work;
        private T result;
        private Exception failure;

        Wait(Callable<T> work) {
            this.work = work;
        }

        void run(LuaRuntime runtime) {
            try {
                result = runtime.waitOutside(work);
            } catch (Exception thrown) {
                failure = thrown;
            }
        }

        T result() throws Exception {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }
}
