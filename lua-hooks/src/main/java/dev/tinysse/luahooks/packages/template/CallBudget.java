package dev.tinysse.luahooks.packages.template;

import dev.tinysse.jinja.Budget;
import dev.tinysse.lua.runtime.LuaRuntime;

/**
 * Lets a rendering use what the running call of the script may use.
 *
 * @param runtime the engine in which the call runs
 */
public record CallBudget(LuaRuntime runtime) implements Budget {

    @Override
    public void step() {
        runtime.poll();
    }

    @Override
    public void allocate(long bytes) {
        runtime.charge(bytes);
    }
}
