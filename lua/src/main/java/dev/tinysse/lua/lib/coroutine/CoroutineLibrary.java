package dev.tinysse.lua.lib.coroutine;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.operation.Concatenation;
import dev.tinysse.lua.operation.Errors;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code coroutine} (reference manual §6.2). */
public final class CoroutineLibrary implements Library {

    @Override
    public void open(LuaRuntime runtime) {
        LibraryTable.named(runtime, "coroutine")
                .add("create", args -> Coroutine.of(args.runtime(), args.function(1)))
                .add("resume", CoroutineLibrary::resume)
                .add("yield", args -> Coroutine.yield(args.runtime(), args.all()))
                .add("wrap", args -> new Wrapped(args.runtime(), Coroutine.of(args.runtime(), args.function(1))))
                .add("status", CoroutineLibrary::status).add("running", CoroutineLibrary::running)
                .add("isyieldable", CoroutineLibrary::isYieldable).add("close", CoroutineLibrary::close)
                .install("coroutine");
    }

    private static Coroutine coroutine(Args args) {
        if (args.value(1) instanceof Coroutine coroutine) {
            return coroutine;
        }
        throw args.typeError(1, "coroutine");
    }

    private static Varargs resume(Args args) {
        Coroutine coroutine = coroutine(args);
        try {
            return Values.of(LuaValue.TRUE, coroutine.resume(args.from(2)));
        } catch (LuaException | StackOverflowError | OutOfMemoryError failed) {
            return Values.of(LuaValue.FALSE, Errors.value(args.runtime(), failed));
        }
    }

    private static Varargs status(Args args) {
        return Strings.of(switch (coroutine(args).status()) {
            case SUSPENDED -> "suspended";
            case RUNNING -> "running";
            case NORMAL -> "normal";
            case DEAD -> "dead";
        });
    }

    private static Varargs running(Args args) {
        Coroutine running = Coroutine.running(args.runtime());
        return Values.of(running, Values.of(running.isMain()));
    }

    private static Varargs isYieldable(Args args) {
        Coroutine asked = args.value(1) instanceof Coroutine coroutine ? coroutine : Coroutine.running(args.runtime());
        return Values.of(asked.isYieldable());
    }

    private static Varargs close(Args args) {
        Coroutine coroutine = coroutine(args);
        switch (coroutine.status()) {
            case RUNNING -> throw args.failure("cannot close a running coroutine");
            case NORMAL -> throw args.failure("cannot close a normal coroutine");
            default -> {
            }
        }
        try {
            coroutine.close();
            return LuaValue.TRUE;
        } catch (LuaException failed) {
            return Values.of(LuaValue.FALSE, failed.value());
        }
    }

    /** The result of {@code coroutine.wrap}: a call is a resume, and an error goes on to the caller. */
    private static final class Wrapped extends Builtin {

        private final LuaRuntime runtime;
        private final Coroutine coroutine;

        Wrapped(LuaRuntime runtime, Coroutine coroutine) {
            super("wrap");
            this.runtime = runtime;
            this.coroutine = coroutine;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            try {
                return coroutine.resume(arguments);
            } catch (LuaException failed) {
                String exhaustion = runtime.exhaustion();
                throw exhaustion.isEmpty() ? positioned(failed) : ending(failed, exhaustion);
            }
        }

        /** As of PUC Lua's memory errors: what ends the call says where it happened, not who waited for it, unless no line is known. */
        private static LuaException ending(LuaException failed, String exhaustion) {
            return failed.value().equals(Strings.of(exhaustion)) ? Failures.ofCaller(exhaustion) : failed;
        }

        private LuaException positioned(LuaException failed) {
            LuaException last = failed;
            if (coroutine.status() == Coroutine.Status.DEAD) {
                try {
                    coroutine.close();
                } catch (LuaException closing) {
                    last = closing;
                }
            }
            return last.value() instanceof LuaString text ? Concatenation.errorOfCaller(runtime, text) : last;
        }
    }
}
