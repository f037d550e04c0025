package dev.tinysse.luahooks.packages;

import java.lang.System.Logger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import dev.tinysse.lua.runtime.Library;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;

/** The package {@code log}: lines in the log of the server. */
public final class LogPackage implements Library {

    /** An estimate of what a line takes on its way into the log, in bytes per character. */
    private static final long LINE_FACTOR = 4;

    /** The levels in the order of their numbers, 1 to 5. */
    private enum Level {
        ERROR(Logger.Level.ERROR), WARN(Logger.Level.WARNING), INFO(Logger.Level.INFO), DEBUG(
                Logger.Level.DEBUG), TRACE(Logger.Level.TRACE);

        private static final Map<String, Level> BY_NUMBER = Map.of("1", ERROR, "2", WARN, "3", INFO, "4", DEBUG, "5",
                TRACE);

        private final Logger.Level level;

        Level(Logger.Level level) {
            this.level = level;
        }

        static Optional<Level> of(String word) {
            for (Level level : values()) {
                if (level.name().equalsIgnoreCase(word)) {
                    return Optional.of(level);
                }
            }
            return Optional.ofNullable(BY_NUMBER.get(word));
        }
    }

    private final Logger logger;

    /** The package for scripts whose lines go to {@code logger}, which writes each on a line of its own. */
    public LogPackage(Logger logger) {
        this.logger = logger;
    }

    @Override
    public void open(LuaRuntime runtime) {
        var type = ObjectType.named(runtime, "Log", LogPackage.class)
                .function("log", arguments -> log(runtime, arguments.text(1), arguments.text(2)))
                .function("logf", arguments -> log(runtime, arguments.text(1), format(arguments, 2)));
        for (Level level : Level.values()) {
            String function = level.name().toLowerCase(Locale.ROOT);
            type.constant(level.name(), Strings.of(level.name()))
                    .function(function, arguments -> log(runtime, level, arguments.text(1)))
                    .function(function + "f", arguments -> log(runtime, level, format(arguments, 1)));
        }
        type.install("log", this);
    }

    private Varargs log(LuaRuntime runtime, Level level, String message) {
        if (logger.isLoggable(level.level)) {
            runtime.charge(LINE_FACTOR * message.length());
            logger.log(level.level, message);
        }
        return LuaValue.NONE;
    }

    private Varargs log(LuaRuntime runtime, String word, String message) {
        Level level = Level.of(word).orElseThrow(() -> new LuaException("log level is invalid", null));
        return log(runtime, level, message);
    }

    /** Formats with what is {@code string.format} now, which the script may have changed. */
    private static String format(Arguments arguments, int first) {
        arguments.text(first);
        LuaRuntime runtime = arguments.runtime();
        LuaValue library = runtime.index(runtime.globals(), Strings.of("string"));
        LuaValue format = Conversion.function(runtime.index(library, Strings.of("format")));
        return Conversion.text(runtime.invoke(format, arguments.from(first)).arg1());
    }
}
