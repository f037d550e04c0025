package dev.tinysse.lua.runtime;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Reads the running functions of Lua off the Java stack: compiled functions are classes of a
 * {@link FunctionInfo.Source}, built-ins are subclasses of {@link Builtin}. The walk ends where a coroutine or the engine
 * was entered.
 */
public final class Frames {

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** Marks a class in whose method {@code enter} a walk ends: what is below belongs to another stack of Lua. */
    public interface Base {}

    private Frames() {}

    /** The running functions, innermost first, at most {@code limit}. */
    public static List<Activation> top(int limit) {
        return WALKER.walk(frames -> collect(frames.iterator(), limit));
    }

    private static List<Activation> collect(Iterator<StackFrame> frames, int limit) {
        List<Activation> found = new ArrayList<>();
        Class<?> previous = null;
        while (found.size() < limit && frames.hasNext()) {
            StackFrame frame = frames.next();
            Class<?> owner = frame.getDeclaringClass();
            if (Base.class.isAssignableFrom(owner) && frame.getMethodName().equals("enter")) {
                break;
            }
            if (owner.getClassLoader() instanceof FunctionInfo.Source source) {
                FunctionInfo info = source.functionInfo(owner.getName());
                if (frame.getLineNumber() >= 0 && frame.getLineNumber() < info.sites().size()) {
                    addCompiled(found, new Activation(owner, info, info.sites().get(frame.getLineNumber())));
                }
            } else if (Builtin.class.isAssignableFrom(owner) && owner != previous) {
                found.add(new Activation(owner, null, null));
            }
            previous = owner;
        }
        return found;
    }

    /** A function that is waiting for its tail call is gone for Lua. */
    private static void addCompiled(List<Activation> found, Activation activation) {
        if (!activation.site().tail() || found.isEmpty() || !found.getLast().isLua()) {
            found.add(activation);
        }
    }

    /** The position of the function at {@code level}, 0 being the innermost, as it stands in front of messages. */
    public static String position(int level) {
        List<Activation> activations = top(level + 1);
        return activations.size() <= level ? "" : activations.get(level).position();
    }
}
