package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.ObjectType;
import org.luaj.vm2.Varargs;

/** The package {@code mutex}: each call of it gives a new lock; a lock is called with the function to run under it. */
public final class MutexPackage implements Library {

    @Override
    public void open(LuaRuntime runtime) {
        ObjectType<Mutex> locks = ObjectType.named(runtime, "InnerMutex", Mutex.class).callMethod(MutexPackage::run)
                .build();
        ObjectType.named(runtime, "Mutex", MutexPackage.class).call(_ -> locks.wrap(new Mutex())).install("mutex",
                this);
    }

    private static Varargs run(Mutex mutex, Arguments arguments) {
        return mutex.run(arguments.runtime(), arguments.function(1));
    }
}
