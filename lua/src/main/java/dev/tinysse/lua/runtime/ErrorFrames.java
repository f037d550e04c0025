package dev.tinysse.lua.runtime;

import dev.tinysse.lua.frames.Activation;
import dev.tinysse.lua.frames.Frames;
import java.util.List;

/** The functions that were running where an error was raised. */
public final class ErrorFrames {

    /** Marks a class whose methods call message handlers: what is below its frames, an error has ended. */
    public interface HandlerCaller {}

    private ErrorFrames() {}

    /** The functions that were running where {@code thrown} was made, innermost first. */
    public static List<Activation> of(LuaRuntime runtime, Throwable thrown) {
        return of(runtime, thrown.getStackTrace());
    }

    /** The functions in a trace of the Java stack, innermost first. */
    public static List<Activation> of(LuaRuntime runtime, StackTraceElement[] trace) {
        return Frames.of(trace, runtime::classNamed);
    }

    /**
     * The running functions, innermost first, at most {@code limit}; while a message handler runs, those that the error has
     * ended stand below it as if they were still running.
     */
    public static List<Activation> stack(LuaRuntime runtime, int limit) {
        Throwable handled = runtime.handled();
        if (handled == null) {
            return Frames.top(limit);
        }
        List<Activation> all = Frames.topUntil(HandlerCaller.class::isAssignableFrom, limit);
        all.addAll(of(runtime, handled));
        return all.size() > limit ? all.subList(0, limit) : all;
    }
}
