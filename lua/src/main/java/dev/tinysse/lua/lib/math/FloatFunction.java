package dev.tinysse.lua.lib.math;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import java.util.function.DoubleUnaryOperator;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function of the library {@code math} from float to float. */
final class FloatFunction extends Builtin {
    private final LuaRuntime runtime;
    private final DoubleUnaryOperator function;

    FloatFunction(LuaRuntime runtime, String name, DoubleUnaryOperator function) {
        super(name);
        this.runtime = runtime;
        this.function = function;
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        return LuaFloat.of(function.applyAsDouble(new Args(runtime, this, arguments).number(1)));
    }

    @Override
    public LuaValue call(LuaValue x) {
        return x instanceof LuaFloat number ? LuaFloat.of(function.applyAsDouble(number.value)) : super.call(x);
    }
}
