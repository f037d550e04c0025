package dev.tinysse.luahooks.packages;

import dev.tinysse.api.Channels;
import dev.tinysse.api.Subscription;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Table;

/** The access of the package {@code tinysse} to the server. Only for a thread that holds the lock of the engine. */
public interface ServerAccess {
    /** For scripts that run without a server. */
    ServerAccess NONE = new ServerAccess() {
        @Override
        public Channels channels(LuaRuntime runtime) {
            throw new IllegalStateException("there is no server");
        }

        @Override
        public Table sub(LuaRuntime runtime, Subscription subscription) {
            throw new IllegalStateException("there is no server");
        }
    };

    /**
     * The operations of scripts on channels and streams.
     *
     * @throws IllegalStateException if they may not, or not yet; the text says why
     */
    Channels channels(LuaRuntime runtime);

    /** The table {@code sub} of a stream. */
    Table sub(LuaRuntime runtime, Subscription subscription);
}
