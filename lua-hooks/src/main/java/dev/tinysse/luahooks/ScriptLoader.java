package dev.tinysse.luahooks;

import dev.tinysse.api.ExitException;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import dev.tinysse.lua.Session;
import dev.tinysse.lua.lib.debug.DebugLibrary;
import dev.tinysse.lua.syntax.SyntaxError;
import dev.tinysse.lua.value.ExitRequest;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.luahooks.packages.ScriptClock;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** Loads a script into an engine of its own and runs its top level. */
final class ScriptLoader {
    private final Script script;
    private final ScriptFile file;
    private final HookContext context;
    private final ScriptPhase phase;
    private final ServerPackages packages;

    private ScriptLoader(Script script, HookContext context) {
        this.script = script;
        this.file = new ScriptFile(script.file().orElseThrow());
        this.context = context;
        this.phase = new ScriptPhase(script);
        this.packages = new ServerPackages(context.server(), phase::limits, ScriptClock.SYSTEM,
                new ScriptServer(context, phase));
    }

    /**
     * Loads a script.
     *
     * @throws ScriptException if it cannot be read, is not Lua, or fails
     * @throws ExitException if it asks that the program end
     */
    static LuaHooks load(Script script, HookContext context) throws ScriptException {
        return new ScriptLoader(script, context).load();
    }

    private LuaHooks load() throws ScriptException {
        byte[] source = file.read();
        PackagedEngine packaged = PackagedEngine.of(file, packages,
                new ScriptExit(phase, script.unsafe(), System::exit));
        if (script.unsafe()) {
            packaged.engine().with(new DebugLibrary());
        }
        try {
            Map<Hook, Invocable> functions = packaged.engine().enter(lua -> run(lua, source));
            return new LuaHooks(packaged, context, functions, phase);
        } catch (LoadFailure e) {
            packaged.close();
            throw new ScriptException(e.getMessage(), e.getCause());
        } catch (ExitRequest e) {
            packaged.close();
            throw new ExitException(e.status());
        } catch (RuntimeException e) {
            packaged.close();
            throw e;
        }
    }

    private Map<Hook, Invocable> run(Session lua, byte[] source) {
        Map<Hook, Invocable> defaults = DefaultHooks.define(lua.runtime());
        try {
            lua.call(lua.load(source, file.chunkName()), LuaValue.NONE, phase.limits());
        } catch (LuaException e) {
            String text = new HookErrors(phase.servingLimits()).of(lua, e).getMessage();
            throw new LoadFailure(
                    e instanceof SyntaxError error ? error.placed(file.path().toString(), text) : text, e);
        }
        return DefaultHooks.replaced(lua.runtime(), defaults);
    }

    /** Brings the failure of a script out of the engine. */
    private static final class LoadFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        LoadFailure(String message, LuaException cause) {
            super(message, cause);
        }
    }
}
