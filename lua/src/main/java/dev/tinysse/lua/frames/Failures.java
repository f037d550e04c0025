package dev.tinysse.lua.frames;

import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import java.util.List;

/** Errors with the position of the function that is at fault. */
public final class Failures {

    private Failures() {}

    /** An error of the running function with its position in front, if it is one of Lua. */
    public static LuaException of(String message) {
        return new LuaException(Strings.of(Frames.position(0) + message));
    }

    /** An error with the position of the Lua function that called the running built-in in front, to be thrown. */
    public static LuaException ofCaller(String message) {
        return new LuaException(Strings.of(Frames.position(1) + message));
    }

    /** {@code bad argument #index to 'name' (message)}, the name being that of the call in the source. */
    public static LuaException argument(String qualifiedName, int index, String message) {
        List<Activation> running = Frames.top(2);
        Activation caller = running.size() < 2 ? null : running.get(1);
        String position = caller == null ? "" : caller.position();
        String called = caller == null || !caller.isLua() ? "" : caller.site().called();
        String name = called.isEmpty()
                ? qualifiedName
                : called.substring(called.indexOf('\'') + 1, called.length() - 1);
        int number = index;
        if (called.startsWith("method")) {
            number--;
            if (number == 0) {
                return new LuaException(Strings.of(position + "calling '" + name + "' on bad self (" + message + ")"));
            }
        }
        return new LuaException(
                Strings.of(position + "bad argument #" + number + " to '" + name + "' (" + message + ")"));
    }
}
