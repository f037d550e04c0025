package dev.tinysse.luahooks;

import dev.tinysse.api.Command;
import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.cli.LuaInterpreter;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.luahooks.packages.ScriptClock;
import java.util.List;

/** {@code tinysse lua}: the interpreter by hand, with the packages of the server. */
record LuaCommand() implements Command {

    @Override
    public String name() {
        return "lua";
    }

    @Override
    public String summary() {
        return "Run a Lua script or an interactive interpreter";
    }

    @Override
    public int run(List<String> arguments) {
        return new LuaInterpreter(Host.ofProcess(),
                ServerPackages.withoutServer(() -> CallLimits.NONE, ScriptClock.SYSTEM).all()).run(arguments);
    }
}
