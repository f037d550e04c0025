package dev.tinysse.lua.lib.table;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.operation.Comparison;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.util.Arrays;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code table.sort}. */
final class TableSort {
    private static final int STEPS_PER_POLL = 1_000;

    private final LuaRuntime runtime;
    private int steps;

    private TableSort(LuaRuntime runtime) {
        this.runtime = runtime;
    }

    static Varargs sort(Args args) {
        Sequence list = Sequence.of(args, 1, true, true, true);
        long length = list.length();
        if (length < 2) {
            return LuaValue.NONE;
        }
        if (length >= Integer.MAX_VALUE) {
            throw args.error(1, "array too big");
        }
        LuaValue order = args.absent(2) ? LuaValue.NIL : args.function(2);
        LuaValue[] elements = list.toArray((int) length);
        try {
            Coroutine.withoutYield(args.runtime(), () -> {
                new TableSort(args.runtime()).sort(elements, order);
                return null;
            });
        } finally {
            // an order that fails half-way leaves what it has done so far, as in the reference implementation
            for (int i = 0; i < elements.length; i++) {
                list.set(i + 1L, elements[i]);
            }
        }
        return LuaValue.NONE;
    }

    private void sort(LuaValue[] elements, LuaValue order) {
        if (!order.isnil()) {
            Sorter.sort(elements, (a, b) -> Values.truth(Calls.call(runtime, order, a, b)));
        } else if (all(elements, LuaInteger.class)) {
            sortIntegers(elements);
        } else if (all(elements, LuaString.class)) {
            Arrays.sort(elements, (a, b) -> {
                step();
                return Strings.compare((LuaString) a, (LuaString) b);
            });
        } else {
            Sorter.sort(elements, (a, b) -> {
                step();
                return Comparison.less(runtime, a, b);
            });
        }
    }

    private static boolean all(LuaValue[] elements, Class<?> type) {
        for (LuaValue element : elements) {
            if (element.getClass() != type) {
                return false;
            }
        }
        return true;
    }

    private static void sortIntegers(LuaValue[] elements) {
        long[] numbers = new long[elements.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ((LuaInteger) elements[i]).value;
        }
        Arrays.sort(numbers);
        for (int i = 0; i < numbers.length; i++) {
            elements[i] = LuaInteger.of(numbers[i]);
        }
    }

    private void step() {
        if (++steps % STEPS_PER_POLL == 0) {
            runtime.poll();
        }
    }
}
