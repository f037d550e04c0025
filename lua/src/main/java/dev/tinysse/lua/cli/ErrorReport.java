package dev.tinysse.lua.cli;

import dev.tinysse.lua.Session;
import dev.tinysse.lua.operation.Text;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import java.io.PrintStream;
import org.luaj.vm2.LuaValue;

/**
 * Shows the errors that scripts end with.
 *
 * @param err where to
 */
record ErrorReport(PrintStream err) {

    /** Shows an error and where it was raised. */
    void show(Session lua, LuaException e) {
        boolean named = e.value().type() == LuaValue.TTABLE
                && !lua.runtime().metamethod(e.value(), Strings.of("__tostring")).isnil();
        err.println("lua: " + (named ? Strings.text(Text.of(lua.runtime(), e.value())) : e.getMessage()));
        if (e.traceback() != null) {
            err.println(e.traceback());
        }
    }
}
