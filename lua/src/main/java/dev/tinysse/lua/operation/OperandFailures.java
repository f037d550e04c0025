package dev.tinysse.lua.operation;

import dev.tinysse.lua.frames.Activation;
import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.frames.Frames;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The errors that operations raise about their operands, with the name of the variable that was at fault. */
final class OperandFailures {

    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private OperandFailures() {}

    /** {@code attempt to index a nil value (field 'x')}. */
    static LuaException index(LuaRuntime runtime, LuaValue object, LuaValue key) {
        return operand(runtime, "index", object, LEFT);
    }

    /** {@code attempt to call a nil value (global 'f')}. */
    static LuaException call(LuaRuntime runtime, LuaValue function) {
        List<Activation> running = Frames.top(1);
        String name = running.isEmpty() || !running.getFirst().isLua() ? "" : running.getFirst().site().called();
        return Failures.of("attempt to call a " + runtime.typeName(function) + " value"
                + (name.isEmpty() ? "" : " (" + name + ")"));
    }

    /** {@code attempt to operation a nil value (local 'x')}. */
    static LuaException operand(LuaRuntime runtime, String operation, LuaValue value, int operand) {
        return Failures.of("attempt to " + operation + " a " + runtime.typeName(value) + " value" + suffix(operand));
    }

    /** {@code attempt to compare two nil values}, {@code attempt to compare number with nil}. */
    static LuaException compare(LuaRuntime runtime, LuaValue a, LuaValue b) {
        String left = runtime.typeName(a);
        String right = runtime.typeName(b);
        return Failures.of(left.equals(right)
                ? "attempt to compare two " + left + " values"
                : "attempt to compare " + left + " with " + right);
    }

    /** An arithmetic operation on what is no number. */
    static LuaException arithmetic(LuaRuntime runtime, LuaValue a, LuaValue b) {
        boolean leftIsFine = a.type() == LuaValue.TNUMBER;
        return operand(runtime, "perform arithmetic on", leftIsFine ? b : a,
                leftIsFine ? RIGHT : LEFT);
    }

    /** A bitwise operation on what is no number, or has no integer representation. */
    static LuaException bitwise(LuaRuntime runtime, LuaValue a, LuaValue b) {
        boolean leftIsNumber = a.type() == LuaValue.TNUMBER;
        if (leftIsNumber && b.type() == LuaValue.TNUMBER) {
            boolean left = !(a instanceof LuaInteger) && !(a instanceof LuaFloat f && f.hasInteger());
            return Failures.of("number" + suffix(left ? LEFT : RIGHT)
                    + " has no integer representation");
        }
        return operand(runtime, "perform bitwise operation on", leftIsNumber ? b : a,
                leftIsNumber ? RIGHT : LEFT);
    }

    /** A concatenation of what is neither string nor number; {@code a} is operand {@code left} of a chain, from 0. */
    static LuaException concatenation(LuaRuntime runtime, LuaValue a, LuaValue b, int left) {
        boolean leftIsFine = a instanceof LuaString || a.type() == LuaValue.TNUMBER;
        return operand(runtime, "concatenate", leftIsFine ? b : a, leftIsFine ? left + 1 : left);
    }

    private static String suffix(int operand) {
        List<Activation> running = Frames.top(1);
        return running.isEmpty() || !running.getFirst().isLua() ? "" : running.getFirst().site().suffix(operand);
    }
}
