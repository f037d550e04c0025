package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.luahooks.packages.support.Waiting;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A lock of scripts, acquired in the order of the calls. Only for the thread that holds the engine's lock; threads that
 * wait for this one have released that.
 */
final class Mutex {

    private final Deque<CompletableFuture<Void>> queue = new ArrayDeque<>();
    private boolean taken;
    private Holder holder;

    /**
     * The owner of the lock. A coroutine may go on in another thread than the one it took the lock in, so neither alone is the owner.
     */
    private record Holder(Coroutine coroutine, Thread thread) {

        /** Whether the running code was called, at whatever depth, by the function that runs under the lock. */
        boolean isCallerOf(Holder running) {
            return coroutine == running.coroutine
                    || thread == running.thread && coroutine.status() == Coroutine.Status.NORMAL;
        }
    }

    /**
     * Calls {@code function} when its turn has come.
     *
     * @return all its results
     * @throws LuaException the error that {@code function} raises, or that it would have to wait for itself
     */
    Varargs run(LuaRuntime runtime, LuaValue function) {
        Holder caller = new Holder(Coroutine.running(runtime), Thread.currentThread());
        if (holder != null && holder.isCallerOf(caller)) {
            throw new LuaException("bad argument `self` to `InnerMutex.__call`: error borrowing userdata"
                    + " (this call holds the lock already)", null);
        }
        if (taken) {
            awaitTurn(runtime);
        }
        taken = true;
        holder = caller;
        try {
            return Calls.invoke(runtime, function, LuaValue.NONE);
        } finally {
            release();
        }
    }

    @SuppressWarnings("UndefinedEquals") // a turn is equal to itself alone
    private void awaitTurn(LuaRuntime runtime) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        queue.add(turn);
        boolean mine = false;
        try {
            Waiting.on(runtime, turn::get);
            mine = true;
        } finally {
            if (!mine && !queue.remove(turn)) {
                release();
            }
        }
    }

    /** Hands the lock to the next in the queue; it stays taken if there is one. */
    private void release() {
        holder = null;
        CompletableFuture<Void> next = queue.poll();
        if (next == null) {
            taken = false;
        } else {
            next.complete(null);
        }
    }
}
