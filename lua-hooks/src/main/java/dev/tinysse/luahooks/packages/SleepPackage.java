package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.ObjectType;
import dev.tinysse.luahooks.packages.support.Waiting;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The package {@code sleep}: a call of it waits for some milliseconds and keeps nobody else from running. */
public final class SleepPackage implements Library {

    @Override
    public void open(LuaRuntime runtime) {
        ObjectType.named(runtime, "Sleep", SleepPackage.class).call(SleepPackage::sleep).install("sleep", this);
    }

    /** A fraction of a millisecond is cut; what is below 0 or no number at all (NaN) is no wait. */
    private static Varargs sleep(Arguments arguments) {
        double milliseconds = arguments.number(1);
        if (milliseconds >= 0) {
            Waiting.on(arguments.runtime(), () -> {
                Thread.sleep((long) milliseconds);
                return null;
            });
        }
        return LuaValue.NONE;
    }
}
