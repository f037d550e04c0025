package dev.tinysse.luahooks;

import dev.tinysse.lua.LuaEngine;
import dev.tinysse.lua.lib.support.Host;
import java.util.function.IntConsumer;

/**
 * An engine in which scripts find the packages of the server: while it serves, in their tests and when they are checked.
 *
 * @param engine where scripts run
 * @param packages those of the engine, closed behind it
 */
record PackagedEngine(LuaEngine engine, ServerPackages packages) implements AutoCloseable {

    /** An engine that no script is run in. */
    static PackagedEngine empty(ServerPackages packages) {
        return open(Host.ofProcess(), packages);
    }

    /**
     * An engine for one script.
     *
     * @param file whose folder {@code require} looks into
     * @param exit what {@code os.exit} does with its status
     */
    static PackagedEngine of(ScriptFile file, ServerPackages packages, IntConsumer exit) {
        Host process = Host.ofProcess();
        return open(
                new Host(process.in(), process.out(), process.err(), process.environment(), file.searchPath(), exit),
                packages);
    }

    private static PackagedEngine open(Host host, ServerPackages packages) {
        LuaEngine engine = LuaEngine.sandboxed(host);
        packages.all().forEach(engine::with);
        return new PackagedEngine(engine, packages);
    }

    @Override
    public void close() {
        engine.close();
        packages.close();
    }
}
