package dev.tinysse.luahooks.packages.support;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import java.util.concurrent.Callable;

/** Waiting in packages: other calls of the engine run meanwhile, and what goes wrong becomes an error of Lua. */
public final class Waiting {

    private Waiting() {}

    /**
     * Runs {@code work} with the engine's lock let go.
     *
     * @param work what to do; it must not touch the engine or any of its tables. The message of what it throws is what the
     *             script gets to see
     * @return what {@code work} gives
     * @throws LuaException if {@code work} throws. If that is because the thread was interrupted, the thread stays
     *                      interrupted, so that a script that catches the error cannot wait again
     */
    public static <T> T on(LuaRuntime runtime, Callable<T> work) {
        try {
            return Coroutine.block(runtime, work);
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LuaException("interrupted while waiting", e);
        } catch (Exception e) {
            throw new LuaException(e.getMessage(), e);
        }
    }
}
