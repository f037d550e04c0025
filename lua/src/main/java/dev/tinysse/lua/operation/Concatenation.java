package dev.tinysse.lua.operation;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.frames.Frames;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The operator {@code ..}, with metamethods (reference manual §3.4.6). */
public final class Concatenation {

    private static final int CHARGED = 256;

    private Concatenation() {}

    /** {@code a .. b}. */
    public static LuaValue concat(LuaRuntime runtime, LuaValue a, LuaValue b) {
        return concat(runtime, a, b, 0);
    }

    /** The same with {@code a} as operand {@code left} of a chain, from 0. */
    private static LuaValue concat(LuaRuntime runtime, LuaValue a, LuaValue b, int left) {
        LuaString head = text(a);
        LuaString tail = text(b);
        if (head == null || tail == null) {
            return byMetatable(runtime, a, b, left);
        }
        if (tail.m_length == 0) {
            return head;
        }
        if (head.m_length == 0) {
            return tail;
        }
        byte[] bytes = room(runtime, (long) head.m_length + tail.m_length);
        System.arraycopy(head.m_bytes, head.m_offset, bytes, 0, head.m_length);
        System.arraycopy(tail.m_bytes, tail.m_offset, bytes, head.m_length, tail.m_length);
        return Strings.of(bytes);
    }

    /** {@code values[0] .. values[1] .. …}: from the right, all strings that stand together in one go. */
    public static LuaValue concat(LuaRuntime runtime, LuaValue[] values) {
        long length = 0;
        LuaString[] texts = new LuaString[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = text(values[i]);
            if (texts[i] == null) {
                return stepwise(runtime, values);
            }
            length += texts[i].m_length;
        }
        byte[] bytes = room(runtime, length);
        int at = 0;
        for (LuaString text : texts) {
            System.arraycopy(text.m_bytes, text.m_offset, bytes, at, text.m_length);
            at += text.m_length;
        }
        return Strings.of(bytes);
    }

    private static LuaValue stepwise(LuaRuntime runtime, LuaValue[] values) {
        LuaValue result = values[values.length - 1];
        for (int i = values.length - 2; i >= 0; i--) {
            result = concat(runtime, values[i], result, i);
        }
        return result;
    }

    private static byte[] room(LuaRuntime runtime, long length) {
        if (length > CHARGED) {
            if (length > Integer.MAX_VALUE - 16) {
                throw Failures.of("string length overflow");
            }
            runtime.charge(length);
        }
        return new byte[(int) length];
    }

    private static LuaString text(LuaValue value) {
        if (value instanceof LuaString string) {
            return string;
        }
        return value.type() == LuaValue.TNUMBER ? value.strvalue() : null;
    }

    private static LuaValue byMetatable(LuaRuntime runtime, LuaValue a, LuaValue b, int left) {
        LuaValue handler = runtime.metamethod(a, Metatables.CONCAT);
        if (handler == LuaValue.NIL) {
            handler = runtime.metamethod(b, Metatables.CONCAT);
        }
        if (handler == LuaValue.NIL) {
            throw OperandFailures.concatenation(runtime, a, b, left);
        }
        return Metamethods.call(runtime, handler, a, b);
    }

    /** An error with the position of the Lua function that called the running built-in in front, and a message of any bytes. */
    public static LuaException errorOfCaller(LuaRuntime runtime, LuaString message) {
        return new LuaException(concat(runtime, Strings.of(Frames.position(1)), message));
    }
}
