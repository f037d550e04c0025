package dev.tinysse.luahooks;

import dev.tinysse.api.Command;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import java.util.List;
import java.util.Set;

/** Hooks written in Lua 5.4. Safe for any thread. */
public final class LuaHookProvider implements HookProvider {

    @Override
    public int apiVersion() {
        return API_VERSION;
    }

    @Override
    public String name() {
        return "lua";
    }

    @Override
    public String version() {
        return "Lua 5.4";
    }

    @Override
    public Set<String> extensions() {
        return Set.of("lua");
    }

    /** As in the original, where a script may have any name. */
    @Override
    public boolean isDefault() {
        return true;
    }

    @Override
    public Hooks load(Script script, HookContext context) throws ScriptException {
        return ScriptLoader.load(script, context);
    }

    @Override
    public List<Command> commands() {
        return List.of(new CheckCommand(System.out, System.err), new LuaCommand(),
                new TestCommand(System.out, System.err));
    }
}
