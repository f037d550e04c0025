package dev.tinysse.luahooks;

import dev.tinysse.api.Hook;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.function.Closure;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.luahooks.check.HookNames;
import java.util.EnumMap;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** The hooks that are there before a script runs, so that it may call what it replaces. */
final class DefaultHooks {
    private DefaultHooks() {}

    /** Defines all eight: those that decide pass on what they are given, the others do nothing. */
    static Map<Hook, Invocable> define(LuaRuntime runtime) {
        Map<Hook, Invocable> defaults = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            Invocable function = Builtin.of(runtime, HookNames.of(hook), switch (hook) {
                case PUBLISH, SUBSCRIBE, MESSAGE -> args -> args.value(1);
                case STARTUP, TICK, CATCHUP, TIMEOUT, UNSUBSCRIBE -> args -> LuaValue.NONE;
            });
            runtime.globals().rawset(HookNames.of(hook), function);
            defaults.put(hook, function);
        }
        return defaults;
    }

    /** The functions that a script has put in the places of the defaults, as they are now. */
    static Map<Hook, Invocable> replaced(LuaRuntime runtime, Map<Hook, Invocable> defaults) {
        Map<Hook, Invocable> functions = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            if (runtime.globals().rawget(HookNames.of(hook)) instanceof Invocable function
                    && function != defaults.get(hook)) {
                functions.put(hook, function);
            }
        }
        return functions;
    }

    /** The name of a hook in messages: file and line of the function that a script has put there, and its name. */
    static String place(Hook hook, Invocable function) {
        return function instanceof Closure closure
                ? closure.info().shortSource() + ":" + closure.info().lineDefined() + ": " + HookNames.of(hook)
                : HookNames.of(hook);
    }
}
