package dev.tinysse.luahooks.packages.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import dev.tinysse.luahooks.packages.support.ArrayTables;
import dev.tinysse.luahooks.packages.support.Null;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaValue;

/** 100,000 random values, written and read again. */
class JsonRoundTripTest {

    private static final int VALUES = 100_000;

    private final LuaRuntime runtime = new LuaRuntime();
    private final Random random = new Random(20);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadWhatItWrote(boolean pretty) {
        for (int i = 0; i < VALUES; i++) {
            LuaValue value = value(0);
            LuaValue again = JsonReader.read(runtime, JsonWriter.write(runtime, value, pretty));
            assertThat(same(value, again)).as("value %s", i).isTrue();
        }
    }

    private LuaValue value(int depth) {
        return switch (random.nextInt(depth < 3 ? 9 : 7)) {
            case 0 -> LuaInteger.of(random.nextLong());
            case 1 -> LuaInteger.of(random.nextInt(2000) - 1000);
            case 2 -> real();
            case 3 -> LuaFloat.of(random.nextInt(2000) / 8.0 - 100);
            case 4 -> text();
            case 5 -> Values.of(random.nextBoolean());
            case 6 -> Null.VALUE;
            case 7 -> array(depth);
            default -> object(depth);
        };
    }

    private LuaValue real() {
        double value = Double.longBitsToDouble(random.nextLong());
        return LuaFloat.of(Double.isFinite(value) ? value : 0.1);
    }

    private LuaValue text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int c = random.nextInt(switch (random.nextInt(4)) {
                case 0 -> 0x20;
                case 1 -> 0x100;
                case 2 -> 0xd800;
                default -> 0x110000;
            });
            text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? '"' : c);
        }
        return Strings.of(text.toString());
    }

    private LuaValue array(int depth) {
        Table array = ArrayTables.mark(runtime, runtime.newTable());
        for (int i = random.nextInt(5); i > 0; i--) {
            array.rawset(array.border() + 1, value(depth + 1));
        }
        return array;
    }

    private LuaValue object(int depth) {
        Table object = runtime.newTable();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.rawset(text(), value(depth + 1));
        }
        return object;
    }

    private boolean same(LuaValue a, LuaValue b) {
        if (a instanceof Table one && b instanceof Table other) {
            return ArrayTables.marked(runtime, one) == ArrayTables.marked(runtime, other) && holdsAllOf(one, other)
                    && holdsAllOf(other, one);
        }
        return a.equals(b);
    }

    private boolean holdsAllOf(Table a, Table b) {
        for (int at = b.nextPosition(0); at >= 0; at = b.nextPosition(at + 1)) {
            if (!same(a.rawget(b.keyAt(at)), b.valueAt(at))) {
                return false;
            }
        }
        return true;
    }
}
