package dev.tinysse.lua.lib.support;

import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.lib.text.MalformedException;

/** Turns the exceptions of the text packages, which know nothing of the engine, into errors of Lua. */
public final class Guard {
    private Guard() {}

    /** The same function with every {@link MalformedException} raised as an error with the position of the caller. */
    public static Builtin.Body of(Builtin.Body body) {
        return args -> {
            try {
                return body.call(args);
            } catch (MalformedException e) {
                throw args.failure(e.getMessage());
            }
        };
    }
}
