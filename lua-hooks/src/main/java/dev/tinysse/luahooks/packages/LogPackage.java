package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.operation.Indexing;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.Conversion;
import dev.tinysse.luahooks.packages.support.ObjectType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The package {@code log}: lines in the log of the server. */
public final class LogPackage implements Library {

    /** An estimate of what a line takes on its way into the log, in bytes per character. */
    private static final long LINE_FACTOR = 4;

    /** The levels in the order of their numbers, 1 to 5. */
    private enum Severity {
        ERROR(Level.ERROR), WARN(Level.WARNING), INFO(Level.INFO), DEBUG(Level.DEBUG), TRACE(Level.TRACE);

        private final Level level;

        Severity(Level level) {
            this.level = level;
        }

        /** The level of a word in any case, or of a number. */
        static Optional<Severity> of(String word) {
            return Stream.of(values())
                    .filter(severity -> severity.name().equalsIgnoreCase(word) || word.equals(severity.number()))
                    .findFirst();
        }

        private String number() {
            return Integer.toString(ordinal() + 1);
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
        for (Severity severity : Severity.values()) {
            String function = severity.name().toLowerCase(Locale.ROOT);
            type.constant(severity.name(), Strings.of(severity.name()))
                    .function(function, arguments -> log(runtime, severity, arguments.text(1)))
                    .function(function + "f", arguments -> log(runtime, severity, format(arguments, 1)));
        }
        type.install("log", this);
    }

    private Varargs log(LuaRuntime runtime, Severity severity, String message) {
        if (logger.isLoggable(severity.level)) {
            runtime.charge(LINE_FACTOR * message.length());
            logger.log(severity.level, message);
        }
        return LuaValue.NONE;
    }

    private Varargs log(LuaRuntime runtime, String word, String message) {
        Severity severity = Severity.of(word).orElseThrow(() -> new LuaException("log level is invalid", null));
        return log(runtime, severity, message);
    }

    /** Formats with what is {@code string.format} now, which the script may have changed. */
    private static String format(Arguments arguments, int first) {
        arguments.text(first);
        LuaRuntime runtime = arguments.runtime();
        LuaValue library = Indexing.index(runtime, runtime.globals(), Strings.of("string"));
        LuaValue format = Conversion.function(Indexing.index(runtime, library, Strings.of("format")));
        return Conversion.text(Calls.invoke(runtime, format, arguments.from(first)).arg1());
    }
}
