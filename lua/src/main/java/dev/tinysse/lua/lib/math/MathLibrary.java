package dev.tinysse.lua.lib.math;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.operation.Arithmetic;
import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.util.function.DoubleUnaryOperator;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code math} (reference manual, section 6.7), with the functions that older versions had. */
public final class MathLibrary implements Library {

    @Override
    public void open(LuaRuntime runtime) {
        LibraryTable library = LibraryTable.named(runtime, "math").add("abs", MathLibrary::absolute)
                .add("atan", args -> LuaFloat.of(Math.atan2(args.number(1), args.number(2, 1))))
                .add("ceil", new Rounding(runtime, "math.ceil", true))
                .add("floor", new Rounding(runtime, "math.floor", false))
                .add("fmod", MathLibrary::remainder).add("log", MathLibrary::logarithm)
                .add("max", new Extreme(runtime, "math.max", 1)).add("min", new Extreme(runtime, "math.min", -1))
                .add("modf", MathLibrary::split).add("tointeger", MathLibrary::toInteger).add("type", MathLibrary::type)
                .add("ult", args -> Values.of(Long.compareUnsigned(args.integer(1), args.integer(2)) < 0))
                .add("huge", LuaFloat.of(Double.POSITIVE_INFINITY)).add("maxinteger", LuaInteger.of(Long.MAX_VALUE))
                .add("mininteger", LuaInteger.of(Long.MIN_VALUE)).add("pi", LuaFloat.of(Math.PI));
        addFunctions(runtime, library);
        addOlder(library);
        RandomFunctions.addTo(library);
        library.install("math");
    }

    private static void addFunctions(LuaRuntime runtime, LibraryTable library) {
        add(runtime, library, "acos", x -> positiveNan(x, Math.acos(x)));
        add(runtime, library, "asin", x -> positiveNan(x, Math.asin(x)));
        add(runtime, library, "cos", Math::cos);
        add(runtime, library, "deg", x -> x * (180 / Math.PI));
        add(runtime, library, "exp", Math::exp);
        add(runtime, library, "rad", x -> x * (Math.PI / 180));
        add(runtime, library, "sin", Math::sin);
        add(runtime, library, "sqrt", Math::sqrt);
        add(runtime, library, "tan", Math::tan);
        add(runtime, library, "cosh", Math::cosh);
        add(runtime, library, "sinh", Math::sinh);
        add(runtime, library, "tanh", Math::tanh);
        add(runtime, library, "log10", MathLibrary::decimalLogarithm);
    }

    private static void add(LuaRuntime runtime, LibraryTable library, String name, DoubleUnaryOperator function) {
        library.add(name, new FloatFunction(runtime, "math." + name, function));
    }

    private static void addOlder(LibraryTable library) {
        library.add("atan2", args -> LuaFloat.of(Math.atan2(args.number(1), args.number(2, 1))))
                .add("frexp", MathLibrary::mantissa)
                .add("ldexp", args -> LuaFloat.of(Math.scalb(args.number(1), (int) args.integer(2))))
                .add("pow", args -> LuaFloat.of(Arithmetic.power(args.number(1), args.number(2))));
    }

    private static Varargs absolute(Args args) {
        if (args.value(1) instanceof LuaInteger integer) {
            return LuaInteger.of(Math.abs(integer.value));
        }
        return LuaFloat.of(Math.abs(args.number(1)));
    }

    private static Varargs remainder(Args args) {
        if (args.value(1) instanceof LuaInteger a && args.value(2) instanceof LuaInteger b) {
            if (b.value == 0) {
                throw args.error(2, "zero");
            }
            return LuaInteger.of(a.value % b.value);
        }
        // the reference implementation looks at the second argument first
        double divisor = args.number(2);
        return LuaFloat.of(args.number(1) % divisor);
    }

    private static Varargs logarithm(Args args) {
        double x = args.number(1);
        if (args.absent(2)) {
            return LuaFloat.of(Math.log(x));
        }
        double base = args.number(2);
        if (base == 2) {
            return LuaFloat.of(binaryLogarithm(x));
        }
        return LuaFloat.of(base == 10 ? decimalLogarithm(x) : Math.log(x) / Math.log(base));
    }

    private static double decimalLogarithm(double x) {
        return positiveNan(x, Math.log10(x));
    }

    /** Where a function is not defined, C's library returns a NaN whose sign, which {@code tostring} shows, is positive. */
    private static double positiveNan(double x, double result) {
        return Double.isNaN(result) && !Double.isNaN(x) ? Double.NaN : result;
    }

    /** Exact for powers of two. */
    private static double binaryLogarithm(double x) {
        int exponent = Math.getExponent(x);
        if (x <= 0 || exponent < Double.MIN_EXPONENT || exponent > Double.MAX_EXPONENT) {
            return Math.log(x) / Math.log(2);
        }
        return exponent + Math.log(Math.scalb(x, -exponent)) / Math.log(2);
    }

    private static Varargs split(Args args) {
        if (args.value(1) instanceof LuaInteger integer) {
            return Values.of(integer, LuaFloat.of(0));
        }
        double x = args.number(1);
        double whole = x < 0 ? Math.ceil(x) : Math.floor(x);
        return Values.of(Rounding.whole(whole), LuaFloat.of(x == whole ? 0 : x - whole));
    }

    private static Varargs mantissa(Args args) {
        double x = args.number(1);
        if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) {
            return Values.of(LuaFloat.of(x), LuaInteger.ZERO);
        }
        // a subnormal number has no exponent of its own: make it a normal one first
        int shift = Math.abs(x) < Double.MIN_NORMAL ? 54 : 0;
        int exponent = Math.getExponent(Math.scalb(x, shift)) + 1 - shift;
        double halved = Math.scalb(Math.scalb(x, shift), -exponent - shift);
        return Values.of(LuaFloat.of(halved), LuaInteger.of(exponent));
    }

    private static Varargs toInteger(Args args) {
        LuaInteger integer = Coercion.toInteger(args.any(1));
        return integer == null ? LuaValue.NIL : integer;
    }

    private static Varargs type(Args args) {
        return switch (args.any(1)) {
            case LuaInteger integer -> Strings.of("integer");
            case LuaFloat number -> Strings.of("float");
            default -> LuaValue.NIL;
        };
    }
}
