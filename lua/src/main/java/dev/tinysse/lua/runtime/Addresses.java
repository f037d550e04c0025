package dev.tinysse.lua.runtime;

import java.util.Map;
import java.util.WeakHashMap;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Numbers that tell objects apart, as addresses do in C. An object has one from when it is first asked for, and no other
 * has the same; of long strings two may have. For the thread that holds the engine's lock.
 */
public final class Addresses {

    private static final long FIRST = 0x5500_0000_1000L;
    private static final long DISTANCE = 32;

    /** Strings up to this length are one and the same if they are equal. */
    private static final int MAX_SHORT_STRING_LENGTH = 40;

    private final Map<LuaValue, Long> known = new WeakHashMap<>();
    private long next = FIRST;

    /** The number of {@code value} as {@code %p} writes it. */
    public String of(LuaValue value) {
        boolean unshared = value instanceof LuaString string && string.m_length > MAX_SHORT_STRING_LENGTH;
        return "0x%012x".formatted(unshared ? System.identityHashCode(value) : known.computeIfAbsent(value, _ -> {
            next += DISTANCE;
            return next;
        }));
    }
}
