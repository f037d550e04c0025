package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.luahooks.packages.support.ObjectType;

/** The package {@code tinysse}: the server itself. */
public final class TinyssePackage implements Library {
    private final String version;
    private final ScriptClock clock;

    /**
     * The package of a server.
     *
     * @param version of the server
     * @param clock the time that it tells
     */
    public TinyssePackage(String version, ScriptClock clock) {
        this.version = version;
        this.clock = clock;
    }

    @Override
    public void open(LuaRuntime runtime) {
        ObjectType.named(runtime, "Tinysse", TinyssePackage.class)
                .function("now", arguments -> LuaInteger.of(clock.millis(arguments.runtime())))
                .constant("version", Strings.of(version)).install("tinysse", this);
    }
}
