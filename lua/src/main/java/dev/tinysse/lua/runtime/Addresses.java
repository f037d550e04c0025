package dev.tinysse.lua.runtime;

import java.util.Map;
import java.util.WeakHashMap;

import org.luaj.vm2.LuaValue;

/**
 * Numbers that tell objects apart, as addresses do in C: of the values of one engine that scripts can see no two have the
 * same. An object has one from when it is first asked for. For the thread that holds the engine's lock.
 */
public final class Addresses {

    private static final long FIRST = 0x5500_0000_1000L;
    private static final long DISTANCE = 32;

    private final Map<LuaValue, Long> known = new WeakHashMap<>();
    private long next = FIRST;

    /** The number of {@code value} as {@code %p} writes it. */
    public String of(LuaValue value) {
        return "0x%012x".formatted(known.computeIfAbsent(value, _ -> {
            next += DISTANCE;
            return next;
        }));
    }
}
