package dev.tinysse.lua.lib.debug;

import dev.tinysse.lua.frames.Activation;
import dev.tinysse.lua.frames.FunctionInfo;
import dev.tinysse.lua.frames.Site;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Closure;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import java.util.List;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code debug.getinfo}. */
final class FunctionDetails {
    private static final String ALL = "SlnrutLf";

    private final LuaRuntime runtime;
    private final Table fields;
    private final FunctionInfo info;

    private FunctionDetails(LuaRuntime runtime, FunctionInfo info) {
        this.runtime = runtime;
        this.fields = runtime.newTable();
        this.info = info;
    }

    static void addTo(LibraryTable library) {
        library.add("getinfo", FunctionDetails::of);
    }

    private static Varargs of(Args args) {
        int first = args.value(1).type() == LuaValue.TTHREAD ? 2 : 1;
        String options = Strings.text(args.string(first + 1, Strings.of("flnSrtu")));
        for (char option : options.toCharArray()) {
            if (ALL.indexOf(option) < 0) {
                throw args.error(first + 1, option == '>' ? "invalid option '>'" : "invalid option");
            }
        }
        LuaValue function = args.value(first);
        if (function.isfunction()) {
            FunctionInfo info = function instanceof Closure closure ? closure.info() : null;
            FunctionDetails details = new FunctionDetails(args.runtime(), info);
            details.describe(options, -1, "", false);
            if (options.indexOf('f') >= 0) {
                details.fields.rawset("func", function);
            }
            return details.fields;
        }
        long level = args.integer(first);
        List<Activation> running = level < 0 || level > Integer.MAX_VALUE - 2
                ? List.of()
                : Traceback.running(args, (int) level + 2);
        if (level < 0 || running.size() <= level) {
            return LuaValue.NIL;
        }
        Activation activation = running.get((int) level);
        FunctionDetails details = new FunctionDetails(args.runtime(), activation.function());
        int line = activation.isLua() ? activation.site().line() : -1;
        details.describe(options, line, Traceback.called(running, (int) level), activation.tailCalled());
        return details.fields;
    }

    private void describe(String options, int line, String called, boolean tail) {
        for (char option : options.toCharArray()) {
            switch (option) {
                case 'S' -> source();
                case 'l' -> set("currentline", line);
                case 'n' -> name(called);
                case 'u' -> parameters();
                case 't' -> fields.rawset("istailcall", Values.of(tail));
                case 'r' -> {
                    set("ftransfer", 0);
                    set("ntransfer", 0);
                }
                case 'L' -> activeLines();
                default -> {
                    // the function itself is known to the caller only
                }
            }
        }
    }

    private void source() {
        boolean lua = info != null;
        set("source", lua ? info.chunkName() : "=[C]");
        set("short_src", lua ? info.shortSource() : "[C]");
        set("linedefined", lua ? info.lineDefined() : -1);
        set("lastlinedefined", lua ? info.lineDefined() == 0 ? -1 : info.lastLineDefined() : -1);
        set("what", !lua ? "C" : info.lineDefined() == 0 ? "main" : "Lua");
    }

    private void name(String called) {
        int quote = called.indexOf('\'');
        if (quote > 0) {
            set("name", called.substring(quote + 1, called.length() - 1));
        }
        set("namewhat", quote > 0 ? called.substring(0, quote - 1) : "");
    }

    private void parameters() {
        set("nups", info == null ? 0 : info.upvalues().size());
        set("nparams", info == null ? 0 : info.parameters().size());
        fields.rawset("isvararg", Values.of(info == null || info.vararg()));
    }

    private void activeLines() {
        if (info != null) {
            Table lines = runtime.newTable();
            for (Site site : info.sites()) {
                if (site.presence() != Site.Presence.HIDDEN) {
                    lines.rawset(site.line(), LuaValue.TRUE);
                }
            }
            // the end is where the function returns
            lines.rawset(info.lastLineDefined(), LuaValue.TRUE);
            fields.rawset("activelines", lines);
        }
    }

    private void set(String name, long number) {
        fields.rawset(name, LuaInteger.of(number));
    }

    private void set(String name, String text) {
        fields.rawset(name, Strings.of(text));
    }
}
