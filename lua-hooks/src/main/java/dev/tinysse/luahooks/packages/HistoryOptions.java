package dev.tinysse.luahooks.packages;

import dev.tinysse.api.Channels.HistoryQuery;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Conversion;
import dev.tinysse.luahooks.packages.support.ConversionException;
import java.util.Optional;
import java.util.function.Function;
import org.luaj.vm2.LuaValue;

/** Reads which messages of a channel a script wants. */
final class HistoryOptions {
    private static final int DEFAULT_LAST = 100;
    /** The newest. */
    static final HistoryQuery NONE = new HistoryQuery(Optional.empty(), Optional.empty(), DEFAULT_LAST);

    private HistoryOptions() {}

    /** The options in a table. */
    static HistoryQuery read(LuaValue value) {
        Table options = Conversion.table(value);
        Optional<Long> last = option(options, "last", Conversion::unsigned);
        try {
            return new HistoryQuery(option(options, "after", Conversion::text),
                    option(options, "since", Conversion::unsigned),
                    (int) Math.min(last.orElse((long) DEFAULT_LAST), Integer.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw new ConversionException(e.getMessage());
        }
    }

    private static <T> Optional<T> option(Table options, String name, Function<LuaValue, T> conversion) {
        LuaValue value = options.rawget(name);
        try {
            return value.isnil() ? Optional.empty() : Optional.of(conversion.apply(value));
        } catch (ConversionException e) {
            throw new ConversionException(name + " is invalid: " + e.getMessage());
        }
    }
}
