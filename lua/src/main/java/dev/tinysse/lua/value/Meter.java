package dev.tinysse.lua.value;

/** Counts the memory that a call takes for strings and tables. */
public interface Meter {

    /**
     * Counts memory about to be taken.
     *
     * @param bytes an estimate
     * @throws LuaException if the call would hold more than it may
     */
    void charge(long bytes);
}
