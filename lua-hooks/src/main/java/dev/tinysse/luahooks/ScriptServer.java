package dev.tinysse.luahooks;

import dev.tinysse.api.Channels;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.ServerAccess;
import dev.tinysse.luahooks.tables.SubscriptionTables;

/**
 * The server, for a script that has it.
 *
 * @param phase how far the script has come
 */
record ScriptServer(HookContext context, ScriptPhase phase) implements ServerAccess {
    @Override
    public Channels channels(LuaRuntime runtime) {
        if (phase.isLoading()) {
            throw new IllegalStateException("this works from startup on, and not at the top level of a script");
        }
        return context.channels();
    }

    @Override
    public Table sub(LuaRuntime runtime, Subscription subscription) {
        return SubscriptionTables.of(runtime, CliTable.hasChannels(context.options()), subscription).table();
    }
}
