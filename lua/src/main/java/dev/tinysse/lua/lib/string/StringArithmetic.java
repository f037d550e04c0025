package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.operation.Arithmetic;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The arithmetic metamethods of strings: they calculate with strings that are numerals, else ask the other operand's metatable. */
final class StringArithmetic {

    /** One of the arithmetic operators. */
    @FunctionalInterface
    private interface Operator {
        LuaValue apply(LuaRuntime runtime, LuaValue a, LuaValue b);
    }

    private StringArithmetic() {}

    static void addTo(LibraryTable metatable) {
        add(metatable, "add", Arithmetic::add);
        add(metatable, "sub", Arithmetic::subtract);
        add(metatable, "mul", Arithmetic::multiply);
        add(metatable, "mod", Arithmetic::modulo);
        add(metatable, "pow", Arithmetic::power);
        add(metatable, "div", Arithmetic::divide);
        add(metatable, "idiv", Arithmetic::floorDivide);
        add(metatable, "unm", (runtime, a, b) -> Arithmetic.negate(runtime, a));
    }

    private static void add(LibraryTable metatable, String name, Operator operator) {
        LuaString event = Strings.of("__" + name);
        metatable.add("__" + name, args -> apply(args, name, event, operator));
    }

    private static Varargs apply(Args args, String name, LuaString event, Operator operator) {
        LuaRuntime runtime = args.runtime();
        LuaValue a = args.value(1);
        LuaValue b = args.value(2);
        LuaValue x = Coercion.toNumber(a);
        LuaValue y = Coercion.toNumber(b);
        if (x != null && y != null) {
            return operator.apply(runtime, x, y);
        }
        LuaValue method = b instanceof LuaString ? LuaValue.NIL : runtime.metamethod(b, event);
        if (method.isnil()) {
            throw failure(args, name, a, b);
        }
        return Values.first(Calls.invoke(runtime, method, Values.of(a, b)));
    }

    private static LuaException failure(Args args, String name, LuaValue a, LuaValue b) {
        return args.failure("attempt to " + name + " a '" + a.typename() + "' with a '" + b.typename() + "'");
    }
}
