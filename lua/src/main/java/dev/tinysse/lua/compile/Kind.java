package dev.tinysse.lua.compile;

/** How a value lies on the Java stack or in a Java variable. */
enum Kind {
    /** A {@code long}: always an integer of Lua. */
    LONG,
    /** A {@code double}: always a float of Lua. */
    DOUBLE,
    /** A {@link org.luaj.vm2.LuaValue}. */
    VALUE;

    boolean isPrimitive() {
        return this != VALUE;
    }

    int slots() {
        return this == VALUE ? 1 : 2;
    }
}
