package dev.tinysse.lua.compile;

import dev.tinysse.lua.runtime.LuaRuntime;
import org.luaj.vm2.LuaValue;

/** The requests of the initializers of compiled classes. */
public final class CompiledClasses {

    /** The loaders of the classes. */
    interface Loader {

        /** The state that the chunk works on. */
        LuaRuntime runtime();

        /** The constants of a class. */
        LuaValue[] constants(String className);
    }

    private CompiledClasses() {}

    /** The state that a compiled class works on. */
    public static LuaRuntime runtime(Class<?> compiled) {
        return ((Loader) compiled.getClassLoader()).runtime();
    }

    /** The constants of a compiled class. */
    public static LuaValue[] constants(Class<?> compiled) {
        return ((Loader) compiled.getClassLoader()).constants(compiled.getName());
    }
}
