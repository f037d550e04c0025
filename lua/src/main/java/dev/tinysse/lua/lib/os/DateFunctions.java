package dev.tinysse.lua.lib.os;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.Guard;
import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.lib.time.CalendarTime;
import dev.tinysse.lua.lib.time.DateFormat;
import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.operation.Indexing;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code os.date} and {@code os.time}. */
final class DateFunctions {
    private static final LuaString STANDARD = Strings.of("%c");
    private static final long MILLIS = 1_000;
    private static final int NOON = 12;
    private static final int NO_DEFAULT = -1;

    private DateFunctions() {}

    static void addTo(LibraryTable library) {
        library.add("date", Guard.of(DateFunctions::date)).add("time", DateFunctions::time);
    }

    private static Varargs date(Args args) {
        LuaString format = args.string(1, STANDARD);
        long second = args.integer(2, now());
        int start = format.m_offset;
        int end = start + format.m_length;
        boolean universal = start < end && format.m_bytes[start] == '!';
        start += universal ? 1 : 0;
        ZoneId zone = universal ? ZoneOffset.UTC : ZoneId.systemDefault();
        CalendarTime time = CalendarTime.at(second, zone).orElseThrow(
                () -> args.failure("date result cannot be represented in this installation"));
        if (end - start >= 2 && format.m_bytes[start] == '*' && format.m_bytes[start + 1] == 't'
                && (end - start == 2 || format.m_bytes[start + 2] == 0)) {
            Table fields = args.runtime().newTable(0, 9);
            store(fields, time);
            return fields;
        }
        ByteBuilder out = new ByteBuilder(end - start + 16, args.runtime()::charge);
        try {
            DateFormat.format(out, format.m_bytes, start, end, time, zone, args.runtime()::poll);
        } catch (IllegalArgumentException e) {
            throw args.error(1, e.getMessage());
        }
        return Strings.copyOf(out.array(), 0, out.length());
    }

    private static Varargs time(Args args) {
        if (args.absent(1)) {
            return LuaInteger.of(now());
        }
        Table fields = args.table(1);
        long year = field(args, fields, "year", NO_DEFAULT, 1900);
        long month = field(args, fields, "month", NO_DEFAULT, 1);
        long day = field(args, fields, "day", NO_DEFAULT, 0);
        long hour = field(args, fields, "hour", NOON, 0);
        long minute = field(args, fields, "min", 0, 0);
        long second = field(args, fields, "sec", 0, 0);
        LuaValue saving = Indexing.index(args.runtime(), fields, Strings.of("isdst"));
        CalendarTime time = CalendarTime.of(year, month, day, hour, minute, second,
                saving.isnil() ? Optional.empty() : Optional.of(Values.truth(saving)), ZoneId.systemDefault())
                .orElseThrow(() -> args.failure("time result cannot be represented in this installation"));
        store(fields, time);
        return LuaInteger.of(time.epochSecond());
    }

    private static long now() {
        return Math.floorDiv(System.currentTimeMillis(), MILLIS);
    }

    /** A field as an integer that fits C's {@code struct tm}, which holds it less {@code base}. */
    private static long field(Args args, Table fields, String name, int missing, int base) {
        LuaValue value = Indexing.index(args.runtime(), fields, Strings.of(name));
        LuaInteger number = Coercion.toInteger(value);
        if (number == null) {
            if (!value.isnil()) {
                throw args.failure("field '" + name + "' is not an integer");
            }
            if (missing == NO_DEFAULT) {
                throw args.failure("field '" + name + "' missing in date table");
            }
            return missing;
        }
        boolean fits = number.value >= 0
                ? number.value - base <= Integer.MAX_VALUE
                : number.value >= Integer.MIN_VALUE + (long) base;
        if (!fits) {
            throw args.failure("field '" + name + "' is out-of-bound");
        }
        return number.value;
    }

    private static void store(Table fields, CalendarTime time) {
        set(fields, "year", time.year());
        set(fields, "month", time.month());
        set(fields, "day", time.day());
        set(fields, "hour", time.hour());
        set(fields, "min", time.minute());
        set(fields, "sec", time.second());
        set(fields, "yday", time.yearDay());
        set(fields, "wday", time.weekDay() + 1L);
        fields.rawset("isdst", Values.of(time.daylightSaving()));
    }

    private static void set(Table fields, String name, long number) {
        fields.rawset(name, LuaInteger.of(number));
    }
}
