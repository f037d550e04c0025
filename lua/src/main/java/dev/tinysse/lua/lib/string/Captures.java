package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.lib.pattern.Matcher;
import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.lib.text.IntegerFormat;
import dev.tinysse.lua.lib.text.MalformedException;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The captures of a matcher as values of Lua.
 *
 * @param runtime  the engine, for its memory allowance
 * @param subject  what is matched
 * @param matcher  the matcher of that subject; all offsets are those of the array behind it
 * @param anchored whether the pattern can match at the first place only
 */
record Captures(LuaRuntime runtime, LuaString subject, Matcher matcher, boolean anchored) {

    /** Where the subject ends in its array. */
    int end() {
        return subject.m_offset + subject.m_length;
    }

    /** All captures, or the whole match if the pattern has none. */
    Varargs all(int start) {
        int count = matcher.captures();
        if (count <= 1) {
            return value(0, start);
        }
        LuaValue[] values = new LuaValue[count];
        for (int i = 0; i < count; i++) {
            values[i] = value(i, start);
        }
        return Values.of(values);
    }

    /**
     * One capture, counted from 0; number 0 is the whole match, which starts at {@code start}, if the pattern has no captures.
     *
     * @throws MalformedException if there is no such capture
     */
    LuaValue value(int number, int start) {
        if (isWhole(number)) {
            return part(start, matcher.matchEnd() - start);
        }
        int length = matcher.captureLength(number);
        int from = matcher.captureStart(number);
        return length == Matcher.POSITION ? LuaInteger.of(from - subject.m_offset + 1L) : part(from, length);
    }

    /** Appends what {@link #value} would give. */
    void append(ByteBuilder out, int number, int start) {
        if (isWhole(number)) {
            out.append(subject.m_bytes, start, matcher.matchEnd() - start);
            return;
        }
        int length = matcher.captureLength(number);
        int from = matcher.captureStart(number);
        if (length == Matcher.POSITION) {
            IntegerFormat.decimal(out, from - subject.m_offset + 1L);
        } else {
            out.append(subject.m_bytes, from, length);
        }
    }

    private boolean isWhole(int number) {
        if (number >= matcher.captures()) {
            if (number != 0) {
                throw new MalformedException("invalid capture index %" + (number + 1));
            }
            return true;
        }
        return false;
    }

    private LuaString part(int from, int length) {
        runtime.charge(length);
        return Strings.copyOf(subject.m_bytes, from, length);
    }
}
