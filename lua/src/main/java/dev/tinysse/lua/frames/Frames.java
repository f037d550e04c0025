package dev.tinysse.lua.frames;

import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.TailCall;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads the running functions of Lua off the Java stack: compiled functions are classes of a
 * {@link FunctionInfo.Source}, built-ins are subclasses of {@link BuiltinCode}. The walk ends where a coroutine or the engine
 * was entered.
 */
public final class Frames {

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final String BASE_METHOD = "enter";

    /** Marks a class in whose method {@code enter} a walk ends: what is below belongs to another stack of Lua. */
    public interface Base {}

    /** A frame, of the running stack or of one that an error has left. */
    private record Frame(Class<?> owner, String method, int line) {

        static Frame of(StackFrame frame) {
            return new Frame(frame.getDeclaringClass(), frame.getMethodName(), frame.getLineNumber());
        }

        boolean isBase() {
            return method.equals(BASE_METHOD) && Base.class.isAssignableFrom(owner);
        }
    }

    private Frames() {}

    /** The running functions, innermost first, at most {@code limit}. */
    public static List<Activation> top(int limit) {
        return WALKER.walk(frames -> collect(frames.map(Frame::of).iterator(), limit));
    }

    /** The running functions up to a class whose frames match, at most {@code limit}. */
    public static List<Activation> topUntil(Predicate<Class<?>> end, int limit) {
        return WALKER.walk(frames -> collect(
                frames.takeWhile(frame -> !end.test(frame.getDeclaringClass())).map(Frame::of).iterator(), limit));
    }

    /** The functions in a trace of the Java stack, innermost first. */
    public static List<Activation> of(StackTraceElement[] trace, Function<String, Class<?>> classNamed) {
        Stream<Frame> frames = Arrays.stream(trace).map(element -> new Frame(
                classNamed.apply(element.getClassName()), element.getMethodName(), element.getLineNumber()));
        return collect(frames.iterator(), Integer.MAX_VALUE);
    }

    private static List<Activation> collect(Iterator<Frame> frames, int limit) {
        List<Activation> found = new ArrayList<>();
        List<Class<?>> inside = new ArrayList<>();
        Class<?> previous = null;
        while (found.size() < limit && frames.hasNext()) {
            Frame frame = frames.next();
            Class<?> owner = frame.owner();
            if (frame.isBase()) {
                break;
            }
            if (owner.getClassLoader() instanceof FunctionInfo.Source source) {
                if (frame.line() > 0) {
                    FunctionInfo info = source.functionInfo(owner.getName());
                    addCompiled(found, Activation.ofCompiled(owner, info, info.site(frame.line())));
                }
                inside = new ArrayList<>();
            } else if (owner == TailCall.class && !found.isEmpty() && found.getLast().isLua()) {
                tailCalled(found);
            } else if (BuiltinCode.class.isAssignableFrom(owner) && owner != previous) {
                found.add(Activation.ofBuiltin(owner, inside));
                inside = new ArrayList<>();
            } else {
                inside.add(owner);
            }
            // a built-in that calls itself through another overload is still the same call
            previous = owner == Invocable.class ? previous : owner;
        }
        return found;
    }

    /** A function that has called another one in tail position is gone for Lua; built-in ones do not take its place. */
    private static void addCompiled(List<Activation> found, Activation activation) {
        Site.Presence presence = activation.site().presence();
        if (presence == Site.Presence.WAITING || found.isEmpty() || !found.getLast().isLua()) {
            found.add(activation);
        } else if (presence == Site.Presence.REPLACED) {
            tailCalled(found);
        }
    }

    private static void tailCalled(List<Activation> found) {
        found.set(found.size() - 1, found.getLast().asTailCalled());
    }

    /** The position of the function at {@code level}, 0 being the innermost, as it stands in front of messages. */
    public static String position(int level) {
        List<Activation> activations = top(level + 1);
        return activations.size() <= level ? "" : activations.get(level).position();
    }
}
