package dev.tinysse.lua.lib.debug;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.frames.Activation;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Closure;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import dev.tinysse.lua.value.Values;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The part of the library {@code debug} (reference manual, section 6.10) that a machine without registers can give: tracebacks, facts about
 * functions, metatables and upvalues. Local variables are not to be seen, and hooks are never called. For scripts that are trusted.
 */
public final class DebugLibrary implements Library {
    private static final int MAX_DEPTH = 1_000_000;

    private final Upvalues upvalues = new Upvalues();

    @Override
    public void open(LuaRuntime runtime) {
        runtime.makeInspectable();
        LibraryTable library = LibraryTable.named(runtime, "debug");
        FunctionDetails.addTo(library);
        library.add("gethook", args -> LuaValue.NIL).add("getlocal", DebugLibrary::local)
                .add("getmetatable", DebugLibrary::metatable)
                .add("getregistry", args -> runtime.registry()).add("getupvalue", DebugLibrary::upvalue)
                .add("getuservalue", DebugLibrary::userValue).add("sethook", args -> LuaValue.NONE)
                .add("setlocal", DebugLibrary::setLocal).add("setmetatable", DebugLibrary::setMetatable)
                .add("setupvalue", DebugLibrary::setUpvalue).add("setuservalue", DebugLibrary::setUserValue)
                .add("setcstacklimit", args -> LuaInteger.of(args.integer(1) > 0 ? 200 : 0))
                .add("traceback", DebugLibrary::traceback).add("upvalueid", this::upvalueIdentity)
                .add("upvaluejoin", DebugLibrary::join).install("debug");
    }

    private static Varargs traceback(Args args) {
        boolean other = args.value(1).type() == LuaValue.TTHREAD;
        int first = other ? 2 : 1;
        LuaValue message = args.value(first);
        if (!(message instanceof LuaString) && message.type() != LuaValue.TNUMBER && !message.isnil()) {
            return message;
        }
        long level = args.integer(first + 1, other && args.value(1) != Coroutine.running(args.runtime()) ? 0 : 1);
        List<Activation> running = Traceback.running(args, MAX_DEPTH);
        int start = Math.clamp(level, 0, running.size());
        String text = Traceback.of(args.runtime(), running.subList(start, running.size()));
        return Strings.of(message.isnil() ? text : Strings.text(args.string(first)) + "\n" + text);
    }

    private static Varargs local(Args args) {
        int first = args.value(1).type() == LuaValue.TTHREAD ? 2 : 1;
        long number = args.integer(first + 1);
        if (args.value(first).isfunction()) {
            List<String> parameters = args.value(first) instanceof Closure closure
                    ? closure.info().parameters()
                    : List.of();
            return number >= 1 && number <= parameters.size()
                    ? Strings.of(parameters.get((int) number - 1))
                    : LuaValue.NIL;
        }
        checkLevel(args, first);
        return LuaValue.NIL;
    }

    private static Varargs setLocal(Args args) {
        int first = args.value(1).type() == LuaValue.TTHREAD ? 2 : 1;
        checkLevel(args, first);
        args.integer(first + 1);
        return LuaValue.NIL;
    }

    private static void checkLevel(Args args, int i) {
        long level = args.integer(i);
        if (level < 0 || level >= MAX_DEPTH || Traceback.running(args, (int) level + 1).size() <= level) {
            throw args.error(i, "level out of range");
        }
    }

    private static Varargs metatable(Args args) {
        Table metatable = args.runtime().metatable(args.any(1));
        return metatable == null ? LuaValue.NIL : metatable;
    }

    private static Varargs setMetatable(Args args) {
        if (!args.absent(2)) {
            if (!(args.value(2) instanceof Table)) {
                throw args.typeError(2, "nil or table");
            }
        } else if (args.count() < 2) {
            throw args.typeError(2, "nil or table");
        }
        args.runtime().metatables().set(args.value(1), args.value(2) instanceof Table table ? table : null);
        return args.value(1);
    }

    private static Varargs upvalue(Args args) {
        long number = args.integer(2);
        if (!(args.function(1) instanceof Closure function) || !Upvalues.exists(function, number)) {
            return LuaValue.NONE;
        }
        return Values.of(Strings.of(Upvalues.name(function, number)), Upvalues.get(function, number));
    }

    private static Varargs setUpvalue(Args args) {
        LuaValue value = args.any(3);
        long number = args.integer(2);
        if (!(args.function(1) instanceof Closure function) || !Upvalues.exists(function, number)) {
            return LuaValue.NONE;
        }
        Upvalues.set(function, number, value);
        return Strings.of(Upvalues.name(function, number));
    }

    private Varargs upvalueIdentity(Args args) {
        long number = args.integer(2);
        if (!(args.function(1) instanceof Closure function) || !Upvalues.exists(function, number)) {
            return LuaValue.NIL;
        }
        return upvalues.identity(function, number);
    }

    private static Varargs join(Args args) {
        Closure function = withUpvalue(args, 1);
        Closure other = withUpvalue(args, 3);
        Upvalues.join(function, args.integer(2), other, args.integer(4));
        return LuaValue.NONE;
    }

    private static Closure withUpvalue(Args args, int i) {
        long number = args.integer(i + 1);
        if (!(args.function(i) instanceof Closure function)) {
            throw args.error(i, "Lua function expected");
        }
        if (!Upvalues.exists(function, number)) {
            throw args.error(i + 1, "invalid upvalue index");
        }
        return function;
    }

    /** Userdata here have no values of their own. */
    private static Varargs setUserValue(Args args) {
        if (!(args.value(1) instanceof Userdata<?> userdata)) {
            throw args.typeError(1, "userdata");
        }
        if (userdata.content instanceof Upvalues.Identity) {
            throw args.error(1, "userdata expected, got light userdata");
        }
        args.any(2);
        return LuaValue.NIL;
    }

    private static Varargs userValue(Args args) {
        boolean userdata = args.value(1) instanceof Userdata<?>;
        return userdata ? Values.of(LuaValue.NIL, LuaValue.FALSE) : LuaValue.NIL;
    }
}
