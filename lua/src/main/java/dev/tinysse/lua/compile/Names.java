package dev.tinysse.lua.compile;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.tinysse.lua.function.Cell;
import dev.tinysse.lua.function.Exit;
import dev.tinysse.lua.operation.Arithmetic;
import dev.tinysse.lua.operation.Bitwise;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.operation.Closing;
import dev.tinysse.lua.operation.Comparison;
import dev.tinysse.lua.operation.Concatenation;
import dev.tinysse.lua.operation.GenericLoop;
import dev.tinysse.lua.operation.Indexing;
import dev.tinysse.lua.operation.NumberOperators;
import dev.tinysse.lua.operation.NumericLoop;
import dev.tinysse.lua.runtime.Budget;
import dev.tinysse.lua.runtime.CallStack;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Numbers;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.TailCall;
import dev.tinysse.lua.value.Values;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The classes that generated code names. */
final class Names {

    static final ClassDesc VALUE = of(LuaValue.class);
    static final ClassDesc STRING = of(LuaString.class);
    static final ClassDesc BOOLEAN = of(LuaBoolean.class);
    static final ClassDesc VARARGS = of(Varargs.class);
    static final ClassDesc INTEGER = of(LuaInteger.class);
    static final ClassDesc FLOAT = of(LuaFloat.class);
    static final ClassDesc TABLE = of(Table.class);
    static final ClassDesc CELL = of(Cell.class);
    static final ClassDesc INVOCABLE = of(Invocable.class);
    static final ClassDesc RUNTIME = of(LuaRuntime.class);
    static final ClassDesc BUDGET = of(Budget.class);
    static final ClassDesc STACK = of(CallStack.class);
    static final ClassDesc VALUES = of(Values.class);
    static final ClassDesc NUMBERS = of(Numbers.class);
    static final ClassDesc INDEXING = of(Indexing.class);
    static final ClassDesc ARITHMETIC = of(Arithmetic.class);
    static final ClassDesc BITWISE = of(Bitwise.class);
    static final ClassDesc NUMBER_OPERATORS = of(NumberOperators.class);
    static final ClassDesc COMPARISON = of(Comparison.class);
    static final ClassDesc CONCATENATION = of(Concatenation.class);
    static final ClassDesc CALLS = of(Calls.class);
    static final ClassDesc CLOSING = of(Closing.class);
    static final ClassDesc NUMERIC_LOOP = of(NumericLoop.class);
    static final ClassDesc GENERIC_LOOP = of(GenericLoop.class);
    static final ClassDesc TAIL_CALL = of(TailCall.class);
    static final ClassDesc EXIT = of(Exit.class);
    static final ClassDesc COMPILED_CLASSES = of(CompiledClasses.class);
    static final ClassDesc THROWABLE = of(Throwable.class);
    static final ClassDesc VALUE_ARRAY = VALUE.arrayType();

    /** The beginning of the packages of generated classes. */
    private static final String GENERATED = "lua.";

    private static final ClassHierarchyResolver KNOWN = ClassHierarchyResolver.of(List.of(),
            Map.of(VALUE, VARARGS, STRING,
                    VALUE, BOOLEAN, VALUE, INTEGER, VALUE, FLOAT, VALUE, TABLE, VALUE, INVOCABLE, VALUE));

    /** All that frames of generated code may have to merge. */
    static final ClassHierarchyResolver HIERARCHY = type -> type.packageName().startsWith(GENERATED)
            ? ClassHierarchyResolver.ClassHierarchyInfo.ofClass(INVOCABLE)
            : KNOWN.orElse(ClassHierarchyResolver.defaultResolver()).getClassInfo(type);

    /** {@code void check(LuaRuntime, LuaValue, String)} */
    static final MethodTypeDesc CHECK = MethodTypeDesc.of(CD_void, RUNTIME, VALUE, ConstantDescs.CD_String);

    /** Each type is made only once, because it keeps its text. */
    private static final Map<String, MethodTypeDesc> TYPES = new ConcurrentHashMap<>();

    private Names() {}

    static ClassDesc of(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    /**
     * A method type written in letters: V value, S string, M many values, T table, R runtime, F invocable, A array of
     * values, J long, D double, I int, Z boolean, 0 nothing; the last letter is the result.
     */
    static MethodTypeDesc type(String letters) {
        return TYPES.computeIfAbsent(letters, Names::read);
    }

    private static MethodTypeDesc read(String letters) {
        ClassDesc[] types = new ClassDesc[letters.length()];
        for (int i = 0; i < types.length; i++) {
            types[i] = letter(letters.charAt(i));
        }
        int last = types.length - 1;
        return MethodTypeDesc.of(types[last], List.of(types).subList(0, last));
    }

    private static ClassDesc letter(char letter) {
        return switch (letter) {
            case 'V' -> VALUE;
            case 'S' -> STRING;
            case 'M' -> VARARGS;
            case 'T' -> TABLE;
            case 'R' -> RUNTIME;
            case 'F' -> INVOCABLE;
            case 'A' -> VALUE_ARRAY;
            case 'J' -> CD_long;
            case 'D' -> CD_double;
            case 'I' -> CD_int;
            case 'Z' -> CD_boolean;
            case '0' -> CD_void;
            case 'N' -> NUMERIC_LOOP;
            case 'G' -> GENERIC_LOOP;
            case 'X' -> THROWABLE;
            default -> throw new IllegalArgumentException("no type has the letter " + letter);
        };
    }
}
