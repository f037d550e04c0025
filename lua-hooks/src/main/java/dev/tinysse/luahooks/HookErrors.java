package dev.tinysse.luahooks;

import dev.tinysse.api.HookException;
import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.Session;
import dev.tinysse.lua.frames.Activation;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.lib.debug.Traceback;
import dev.tinysse.lua.operation.Text;
import dev.tinysse.lua.runtime.ErrorFrames;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaString;

/** Makes texts of the errors of a script. Only for a thread that holds the lock of the engine. */
final class HookErrors {
    private static final int KINDS = 1000;
    /** Of an object: another one each time. */
    private static final Pattern ADDRESS = Pattern.compile("\\b0x\\p{XDigit}{6,}\\b");

    private final CallLimits limits;
    private final Set<String> traced = new HashSet<>();

    /** @param limits of the functions of the script that make a text of an error value */
    HookErrors(CallLimits limits) {
        this.limits = limits;
    }

    /**
     * The error as the log shall have it: what {@code tostring} says, with file and line in front, and the first time behind
     * a line break how it came to be there. An error that no function raised, such as one of syntax, has no traceback.
     */
    HookException of(Session lua, LuaException error) {
        Throwable raised = error.getCause() instanceof VirtualMachineError fatal ? fatal : error;
        List<Activation> running = ErrorFrames.of(lua.runtime(), raised);
        String text = placed(text(lua, error), running);
        boolean first = !running.isEmpty() && traced.size() < KINDS
                && traced.add(ADDRESS.matcher(text).replaceAll("0x"));
        return new HookException(first ? text + "\n" + Traceback.of(lua.runtime(), running) : text, error);
    }

    /** The place stands in front of most texts already, but not of those of other values, or of what a package raises. */
    private static String placed(String text, List<Activation> running) {
        List<Activation> scripts = running.stream().filter(Activation::isLua).toList();
        boolean placed = scripts.stream().anyMatch(at -> text.startsWith(at.function().shortSource() + ":"));
        return placed || scripts.isEmpty() ? text : scripts.getFirst().position() + text;
    }

    /** The text of the error value by {@code tostring}, which may call functions of the script. */
    String text(Session lua, LuaException error) {
        if (error.value() instanceof LuaString) {
            return error.getMessage();
        }
        Invocable toText = Builtin.of(lua.runtime(), "tostring", args -> Text.of(args.runtime(), args.value(1)));
        try {
            return Strings.text(Values.first(lua.call(toText, error.value(), limits)).strvalue());
        } catch (LuaException e) {
            return error.getMessage();
        }
    }
}
