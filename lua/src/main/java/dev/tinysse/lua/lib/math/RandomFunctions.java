package dev.tinysse.lua.lib.math;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Values;
import java.util.concurrent.ThreadLocalRandom;
import org.luaj.vm2.Varargs;

/** {@code math.random} and {@code math.randomseed} of one engine, which starts with a seed of its own. */
final class RandomFunctions {
    private final Xoshiro generator = new Xoshiro(ThreadLocalRandom.current().nextLong(), System.nanoTime());

    private RandomFunctions() {}

    static void addTo(LibraryTable library) {
        RandomFunctions functions = new RandomFunctions();
        library.add("random", functions::random).add("randomseed", functions::seed);
    }

    private Varargs random(Args args) {
        long bits = generator.next();
        if (args.count() == 0) {
            return LuaFloat.of(Xoshiro.toFloat(bits));
        }
        if (args.count() > 2) {
            throw args.failure("wrong number of arguments");
        }
        long low = args.count() == 1 ? 1 : args.integer(1);
        long high = args.integer(args.count());
        if (args.count() == 1 && high == 0) {
            return LuaInteger.of(bits);
        }
        if (low > high) {
            throw args.error(1, "interval is empty");
        }
        return LuaInteger.of(low + generator.project(bits, high - low));
    }

    private Varargs seed(Args args) {
        boolean seeded = args.count() > 0;
        long first = seeded ? args.integer(1) : ThreadLocalRandom.current().nextLong();
        long second = seeded ? args.integer(2, 0) : System.nanoTime();
        generator.seed(first, second);
        return Values.of(LuaInteger.of(first), LuaInteger.of(second));
    }
}
