package dev.tinysse.lua.lib.debug;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.frames.Activation;
import dev.tinysse.lua.frames.FunctionInfo;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.runtime.ErrorFrames;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Writes running functions as {@code debug.traceback} shows them. */
public final class Traceback {
    private static final int FIRST = 10;
    private static final int LAST = 11;
    private static final String GLOBALS = "_G.";

    private final LuaRuntime runtime;
    private final List<Activation> running;

    private Traceback(LuaRuntime runtime, List<Activation> running) {
        this.runtime = runtime;
        this.running = running;
    }

    /** The heading and a line for each of the functions, innermost first; of many only the ends are shown. */
    public static String of(LuaRuntime runtime, List<Activation> running) {
        Traceback traceback = new Traceback(runtime, running);
        StringBuilder text = new StringBuilder("stack traceback:");
        boolean all = running.size() <= FIRST + LAST;
        for (int i = 0; i < running.size(); i++) {
            if (!all && i == FIRST) {
                int skipped = running.size() - FIRST - LAST;
                text.append("\n\t...\t(skipping ").append(skipped).append(" levels)");
                i += skipped;
            }
            text.append("\n\t").append(traceback.line(i));
        }
        return text.toString();
    }

    /** The innermost {@code limit} functions of the thread that is the first argument, else of the running one. */
    static List<Activation> running(Args args, int limit) {
        if (!(args.value(1) instanceof Coroutine thread) || thread == Coroutine.running(args.runtime())) {
            return ErrorFrames.stack(args.runtime(), limit);
        }
        List<Activation> all = thread.activations();
        return all.subList(0, Math.min(limit, all.size()));
    }

    private String line(int index) {
        Activation activation = running.get(index);
        String position = activation.isLua() ? activation.position() : "[C]: ";
        return position + "in " + name(index) + (activation.tailCalled() ? "\n\t(...tail calls...)" : "");
    }

    private String name(int index) {
        Activation activation = running.get(index);
        String called = called(running, index);
        String global = globalName(activation, called);
        if (!global.isEmpty()) {
            return "function '" + global + "'";
        }
        if (!called.isEmpty()) {
            return called;
        }
        FunctionInfo function = activation.function();
        if (function == null) {
            return "?";
        }
        return function.lineDefined() == 0
                ? "main chunk"
                : "function <" + function.shortSource() + ":" + function.lineDefined() + ">";
    }

    /** The caller's name of the function, as in {@code local 'f'}; empty if that is not known. */
    static String called(List<Activation> running, int index) {
        Activation caller = index + 1 < running.size() ? running.get(index + 1) : null;
        boolean known = caller != null && caller.isLua() && !running.get(index).tailCalled();
        return known ? caller.site().called() : "";
    }

    /** The name under which a loaded library or the globals have a function; empty if none has it. */
    private String globalName(Activation activation, String called) {
        String name = called.isEmpty() ? "" : called.substring(called.indexOf('\'') + 1, called.length() - 1);
        Table loaded = runtime.loaded();
        for (int at = loaded.nextPosition(0); at >= 0; at = loaded.nextPosition(at + 1)) {
            Table functions = functions(loaded.valueAt(at), activation);
            if (loaded.keyAt(at) instanceof LuaString library && functions != null) {
                String found = nameIn(functions, activation, name);
                if (!found.isEmpty()) {
                    String full = Strings.text(library) + "." + found;
                    return full.startsWith(GLOBALS) ? full.substring(GLOBALS.length()) : full;
                }
            }
        }
        return "";
    }

    /** The functions of a library that {@code activation} may be one of; null if there are none. */
    private static Table functions(LuaValue library, Activation activation) {
        // packages that are objects share the code that calls their functions; what they hold tells them apart
        if (library instanceof Userdata<?> object && object.metatable() != null
                && activation.isInside(object.content.getClass())) {
            return object.metatable().rawget(Metatables.INDEX) instanceof Table members ? members : null;
        }
        return library instanceof Table table ? table : null;
    }

    /** Functions of Lua are identified by their code, built-in ones by the name they are called and by their class. */
    private static String nameIn(Table functions, Activation activation, String called) {
        if (!activation.isLua()) {
            boolean found = functions.rawget(called) instanceof Builtin builtin && builtin.matches(activation);
            return found ? called : "";
        }
        for (int at = functions.nextPosition(0); at >= 0; at = functions.nextPosition(at + 1)) {
            LuaValue function = functions.valueAt(at);
            if (function.getClass() == activation.code() && functions.keyAt(at) instanceof LuaString name) {
                return Strings.text(name);
            }
        }
        return "";
    }
}
