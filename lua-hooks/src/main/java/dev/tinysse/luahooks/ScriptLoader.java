package dev.tinysse.luahooks;

import dev.tinysse.api.ExitException;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.Script;
import dev.tinysse.api.ScriptException;
import dev.tinysse.lua.LuaEngine;
import dev.tinysse.lua.Session;
import dev.tinysse.lua.lib.debug.DebugLibrary;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.value.ExitRequest;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.luahooks.packages.ScriptClock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** Loads a script into an engine of its own and runs its top level. */
final class ScriptLoader {
    private final Script script;
    private final Path file;
    private final HookContext context;
    private final ScriptPhase phase;
    private final ServerPackages packages;

    private ScriptLoader(Script script, HookContext context) {
        this.script = script;
        this.file = script.file().orElseThrow();
        this.context = context;
        this.phase = new ScriptPhase(script);
        this.packages = new ServerPackages(context.server(), phase::limits, ScriptClock.SYSTEM);
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
        byte[] source = read(file);
        ScriptExit exit = new ScriptExit(phase, script.unsafe(), System::exit);
        LuaEngine engine = engine(exit);
        try {
            Map<Hook, Invocable> functions = engine.enter(lua -> run(lua, source));
            return new LuaHooks(engine, packages, context, functions, phase);
        } catch (LoadFailure e) {
            close(engine);
            throw new ScriptException(e.getMessage(), e.getCause());
        } catch (ExitRequest e) {
            close(engine);
            throw new ExitException(e.status());
        } catch (RuntimeException e) {
            close(engine);
            throw e;
        }
    }

    private void close(LuaEngine engine) {
        engine.close();
        packages.close();
    }

    private LuaEngine engine(ScriptExit exit) {
        Host process = Host.ofProcess();
        LuaEngine engine = LuaEngine.sandboxed(new Host(process.in(), process.out(), process.err(),
                process.environment(), beside(file), exit));
        packages.openIn(engine);
        return script.unsafe() ? engine.with(new DebugLibrary()) : engine;
    }

    /** Where {@code require} looks at last, in the form of {@code package.path}: the script's own folder. */
    static String beside(Path file) {
        String folder = file.getParent() == null ? "." : file.getParent().toString();
        return folder + "/?.lua;" + folder + "/?/init.lua";
    }

    private Map<Hook, Invocable> run(Session lua, byte[] source) {
        Map<Hook, Invocable> defaults = DefaultHooks.define(lua.runtime());
        try {
            lua.call(lua.load(source, "@" + file), LuaValue.NONE, phase.limits());
        } catch (LuaException e) {
            throw new LoadFailure(new HookErrors(phase.servingLimits()).of(lua, e).getMessage(), e);
        }
        return DefaultHooks.replaced(lua.runtime(), defaults);
    }

    /** The bytes of a script. */
    static byte[] read(Path file) throws ScriptException {
        try {
            if (Files.isDirectory(file)) {
                throw new ScriptException("cannot read script " + file + ": is a directory");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ScriptException("cannot read script " + file + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new ScriptException("cannot read script " + file + ": permission denied", e);
        } catch (IOException e) {
            throw new ScriptException("cannot read script " + file + ": " + e.getMessage(), e);
        }
    }

    /** Brings the failure of a script out of the engine. */
    private static final class LoadFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        LoadFailure(String message, LuaException cause) {
            super(message, cause);
        }
    }
}
