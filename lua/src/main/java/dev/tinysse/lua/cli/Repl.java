package dev.tinysse.lua.cli;

import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.LuaEngine;
import dev.tinysse.lua.Session;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Reads lines from a terminal, runs them and prints what they give; a statement may go over several lines. */
final class Repl {
    private static final String PROMPT = "> ";
    private static final String PROMPT_FOR_MORE = ">> ";
    private static final String UNFINISHED = "<eof>";

    private final LineReader reader;
    private final LuaEngine engine;
    private final ErrorReport errors;

    private Repl(LineReader reader, LuaEngine engine, ErrorReport errors) {
        this.reader = reader;
        this.engine = engine;
        this.errors = errors;
    }

    /** Goes on until the end of the input. */
    static void run(LuaEngine engine, ErrorReport errors) {
        try (Terminal terminal = TerminalBuilder.builder().system(true).provider("exec").build()) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).appName("lua")
                    .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), ".tinysse_lua_history"))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true).build();
            new Repl(reader, engine, errors).loop();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void loop() {
        while (true) {
            try {
                String line = reader.readLine(PROMPT);
                engine.enter(lua -> runLine(lua, line));
            } catch (UserInterruptException e) {
                // what was typed so far is dropped
            } catch (EndOfFileException e) {
                return;
            }
        }
    }

    private Void runLine(Session lua, String line) {
        try {
            Varargs results = lua.call(load(lua, line), LuaValue.NONE, CallLimits.NONE);
            if (results.narg() > 0) {
                Calls.invoke(lua.runtime(), lua.global("print"), results);
            }
        } catch (LuaException e) {
            errors.show(lua, e);
        }
        return null;
    }

    /** Takes a line for an expression if it is one, else for the beginning of a statement. */
    private Invocable load(Session lua, String line) {
        try {
            return compile(lua, "return " + line);
        } catch (LuaException e) {
            return statement(lua, line);
        }
    }

    private Invocable statement(Session lua, String line) {
        StringBuilder source = new StringBuilder(line);
        while (true) {
            try {
                return compile(lua, source.toString());
            } catch (LuaException e) {
                if (!e.getMessage().endsWith(UNFINISHED)) {
                    throw e;
                }
                source.append('\n').append(reader.readLine(PROMPT_FOR_MORE));
            }
        }
    }

    private static Invocable compile(Session lua, String source) {
        return lua.load(source.getBytes(StandardCharsets.UTF_8), "=stdin");
    }
}
