package dev.tinysse.lua;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.lib.StandardLibraries;
import dev.tinysse.lua.lib.debug.Traceback;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.operation.Errors;
import dev.tinysse.lua.runtime.CallState;
import dev.tinysse.lua.runtime.ErrorFrames;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.luaj.vm2.Varargs;

/**
 * One state of Lua and its lock: any thread may enter, virtual ones too, and one at a time is inside. A built-in that
 * waits lets the lock go, so that others run meanwhile, and takes it again before it returns.
 *
 * <pre>{@code
 * try (LuaEngine engine = LuaEngine.sandboxed(Host.ofProcess())) {
 *     Varargs results = engine.enter(lua -> {
 *         lua.call(lua.load(source, "@chat.lua"), LuaValue.NONE, limits);
 *         return lua.call((Invocable) lua.global("publish"), message, limits);
 *     });
 * }
 * }</pre>
 */
public final class LuaEngine implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 1000;
    private static final WaitListener NOBODY = () -> {};

    private final LuaRuntime runtime;
    private final StandardLibraries libraries;
    private final Semaphore lock = new Semaphore(1, true);
    private final Watchdog watchdog;
    private final Session session;
    private WaitListener listener = NOBODY;

    @SuppressWarnings("OptionalOfRedundantMethod") // it is there for its frame
    private LuaEngine(Host host) {
        this.runtime = new LuaRuntime(this::letOthersRun);
        this.libraries = new StandardLibraries(host);
        this.watchdog = new Watchdog(runtime.budget()::stop, runtime.budget()::watchMemory);
        this.session = new Session(runtime, this::call);
        libraries.open(runtime);
        // a class that is first used at the end of the stack could never be initialized any more; a trace with a frame
        // of the JDK in it needs them all
        Optional.of(runtime).ifPresent(state -> ErrorFrames.of(state, new StackOverflowError()));
    }

    /** A new engine with the libraries that a sandboxed script sees: all but {@code debug}. */
    public static LuaEngine sandboxed(Host host) {
        return new LuaEngine(host);
    }

    /** Adds functions, global ones or packages for {@code require}. To be called before scripts run. */
    public LuaEngine with(Library library) {
        lock.acquireUninterruptibly();
        try {
            library.open(runtime);
        } finally {
            lock.release();
        }
        return this;
    }

    /** Works inside the engine, alone; see {@link #enter(WaitListener, Function)}. */
    public <T> T enter(Function<Session, T> work) {
        return enter(NOBODY, work);
    }

    /**
     * Works inside the engine, alone but for the times when a built-in waits. Several calls may share one entry. Must not
     * be nested.
     *
     * @param listener is called when a built-in is about to wait, so that it can have the rest of a batch done elsewhere
     * @param work what to do
     * @return what {@code work} gives
     */
    public <T> T enter(WaitListener listener, Function<Session, T> work) {
        lock.acquireUninterruptibly();
        this.listener = listener;
        try {
            return work.apply(session);
        } finally {
            this.listener = NOBODY;
            lock.release();
        }
    }

    private Varargs call(Invocable function, Varargs arguments, CallLimits limits) {
        CallState outer = runtime.begin(limits.memory());
        long deadline = watchdog.deadline();
        try {
            watchdog.start(limits);
            Varargs results = Errors.guarded(runtime, function, arguments);
            runtime.poll(); // it may have caught the error of an exhausted budget
            return results;
        } catch (LuaException error) {
            error.traceback(Traceback.of(runtime, ErrorFrames.of(runtime, error)));
            throw error;
        } finally {
            watchdog.resume(deadline);
            runtime.end(outer);
        }
    }

    /** Waits without the lock; what the others change of the engine's state is put back afterwards. */
    private void letOthersRun(Runnable work) {
        WaitListener mine = listener;
        long left = watchdog.pause();
        runtime.budget().pause();
        CallState state = runtime.suspend();
        mine.aboutToWait();
        lock.release();
        try {
            work.run();
        } finally {
            lock.acquireUninterruptibly();
            listener = mine;
            runtime.resume(state);
            runtime.budget().resume();
            watchdog.restart(left);
        }
    }

    /**
     * Ends the engine's thread, and writes out what scripts have left in the buffers of their files, unless a call that does
     * not end keeps the engine for itself.
     */
    @Override
    public void close() {
        boolean alone = false;
        try {
            alone = lock.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            if (alone) {
                libraries.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watchdog.close();
            if (alone) {
                lock.release();
            }
        }
    }
}
