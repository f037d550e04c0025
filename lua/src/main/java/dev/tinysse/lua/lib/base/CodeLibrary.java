package dev.tinysse.lua.lib.base;

import dev.tinysse.lua.compile.ChunkLoader;
import dev.tinysse.lua.frames.Frames;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.Options;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.operation.Errors;
import dev.tinysse.lua.runtime.CallStack;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The basic functions that run code and deal with its errors (reference manual §6.1). */
public final class CodeLibrary implements Library {

    private LuaString mode = Strings.of("generational");
    private boolean running = true;

    @Override
    public void open(LuaRuntime runtime) {
        LibraryTable.into(runtime, runtime.globals()).add("error", CodeLibrary::error).add("pcall", CodeLibrary::pcall)
                .add("xpcall", CodeLibrary::xpcall).add("load", CodeLibrary::load)
                .add("collectgarbage", this::collectGarbage);
    }

    private static Varargs error(Args args) {
        LuaValue value = args.value(1);
        long level = args.integer(2, 1);
        if (value instanceof LuaString message && level > 0) {
            LuaString position = Strings.of(Frames.position((int) Math.min(level, Integer.MAX_VALUE - 1)));
            byte[] bytes = new byte[position.m_length + message.m_length];
            System.arraycopy(position.m_bytes, position.m_offset, bytes, 0, position.m_length);
            System.arraycopy(message.m_bytes, message.m_offset, bytes, position.m_length, message.m_length);
            throw new LuaException(Strings.of(bytes));
        }
        throw new LuaException(value);
    }

    private static Varargs pcall(Args args) {
        LuaRuntime runtime = args.runtime();
        LuaValue function = args.any(1);
        CallStack.State stack = runtime.stack().state();
        try {
            return Values.of(LuaValue.TRUE, Calls.invoke(runtime, function, args.from(2)));
        } catch (LuaException | StackOverflowError | OutOfMemoryError thrown) {
            runtime.stack().become(stack);
            return Values.of(LuaValue.FALSE, Errors.value(runtime, thrown));
        }
    }

    private static Varargs xpcall(Args args) {
        LuaRuntime runtime = args.runtime();
        LuaValue function = args.any(1);
        LuaValue handler = args.function(2);
        CallStack.State stack = runtime.stack().state();
        try {
            return Values.of(LuaValue.TRUE,
                    Errors.handling(runtime, handler, () -> Calls.invoke(runtime, function, args.from(3))));
        } catch (LuaException | StackOverflowError | OutOfMemoryError thrown) {
            runtime.stack().become(stack);
            return Values.of(LuaValue.FALSE, Errors.value(runtime, thrown));
        }
    }

    private static Varargs load(Args args) {
        LuaValue chunk = args.value(1);
        String mode = Strings.text(args.string(3, Strings.of("bt")));
        LuaValue environment = args.count() >= 4 ? args.value(4) : args.runtime().globals();
        if (chunk instanceof LuaString || chunk.type() == LuaValue.TNUMBER) {
            LuaString text = args.string(1);
            String name = Strings.text(args.string(2, text));
            return compiled(args.runtime(), Strings.bytes(text), name, mode, environment);
        }
        args.function(1);
        String name = Strings.text(args.string(2, Strings.of("=(load)")));
        byte[] source;
        try {
            source = pieces(args.runtime(), chunk);
        } catch (LuaException failed) {
            return Values.of(LuaValue.NIL, failed.value());
        }
        return compiled(args.runtime(), source, name, mode, environment);
    }

    private static byte[] pieces(LuaRuntime runtime, LuaValue reader) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            runtime.poll(); // a reader that is compiled into this loop does not look for itself
            LuaValue piece = Values.first(Calls.invoke(runtime, reader, LuaValue.NONE));
            if (piece.isnil()) {
                return all.toByteArray();
            }
            if (!(piece instanceof LuaString) && piece.type() != LuaValue.TNUMBER) {
                throw new LuaException("reader function must return a string", null);
            }
            LuaString text = piece.strvalue();
            if (text.m_length == 0) {
                return all.toByteArray();
            }
            runtime.charge(text.m_length);
            all.write(text.m_bytes, text.m_offset, text.m_length);
        }
    }

    /** The function that a chunk is compiled to; nil and the reason if it cannot be. */
    static Varargs compiled(LuaRuntime runtime, byte[] source, String name, String mode, LuaValue environment) {
        boolean binary = source.length > 0 && source[0] == 0x1b;
        if (binary || mode.indexOf('t') < 0) {
            String what = binary ? "binary" : "text";
            String message = "attempt to load a " + what + " chunk (mode is '" + (binary ? "t" : mode) + "')";
            return Values.of(LuaValue.NIL, Strings.of(message));
        }
        try {
            return ChunkLoader.load(runtime, source, name, environment);
        } catch (LuaException error) {
            return Values.of(LuaValue.NIL, error.value());
        }
    }

    /** Memory is the business of the JVM; what a script can see of it is when weak tables lose entries. */
    private Varargs collectGarbage(Args args) {
        String option = Options.check(args, 1, "collect", "collect", "stop", "restart", "count", "step", "isrunning",
                "generational", "incremental", "setpause", "setstepmul");
        return switch (option) {
            case "collect", "step" -> {
                System.gc();
                yield option.equals("step") ? LuaValue.TRUE : LuaInteger.ZERO;
            }
            case "count" -> {
                Runtime java = Runtime.getRuntime();
                yield LuaFloat.of((java.totalMemory() - java.freeMemory()) / 1024.0);
            }
            case "stop", "restart" -> {
                running = option.equals("restart");
                yield LuaInteger.ZERO;
            }
            case "isrunning" -> Values.of(running);
            case "generational", "incremental" -> {
                LuaString before = mode;
                mode = Strings.of(option);
                yield before;
            }
            default -> LuaInteger.ZERO;
        };
    }
}
