package dev.tinysse.lua.cli;

import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.LuaEngine;
import dev.tinysse.lua.Session;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.lib.debug.DebugLibrary;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.luaj.vm2.LuaValue;

/**
 * Runs scripts by hand: {@code lua [--sandbox] [FILE [ARGUMENT...]]}. Without a file it reads lines and runs them one by one, or runs the
 * whole of the standard input if that is no terminal. A script sees its arguments in {@code arg} and {@code ...}, and the library
 * {@code debug}; with {@code --sandbox} it sees neither, as in the server.
 */
public final class LuaInterpreter {
    /** Everything went well. */
    public static final int SUCCESS = 0;
    /** The script could not be read or loaded, or ended with an error. */
    public static final int FAILURE = 1;
    /** The command line is wrong. */
    public static final int USAGE = 2;

    private static final String SANDBOX = "--sandbox";
    private static final String STANDARD_INPUT = "-";
    private static final String SYNTAX = "usage: lua [--sandbox] [FILE [ARGUMENT...]]";
    /** Deep recursion of scripts goes on the stack of the thread. */
    private static final long STACK = 512L << 20;
    private static final String STACK_PROPERTY = "dev.tinysse.lua.stackKilobytes";
    /** The default stack depth of scripts, unless the property says something else: as deep as in PUC Lua. */
    private static final String STACK_KILOBYTES = "50000";

    private final Host host;
    private final List<Library> packages;
    private final PrintStream err;
    private final ErrorReport errors;

    /**
     * @param host     what scripts see of the process
     * @param packages what {@code require} finds besides files
     */
    public LuaInterpreter(Host host, List<Library> packages) {
        this.host = host;
        this.packages = List.copyOf(packages);
        this.err = new PrintStream(host.err(), true, StandardCharsets.UTF_8);
        this.errors = new ErrorReport(err);
    }

    /** Runs a command line, without the name of the command, and returns the exit status. */
    public int run(List<String> arguments) {
        boolean sandbox = !arguments.isEmpty() && arguments.getFirst().equals(SANDBOX);
        List<String> rest = sandbox ? arguments.subList(1, arguments.size()) : arguments;
        if (!rest.isEmpty() && rest.getFirst().startsWith("-") && !rest.getFirst().equals(STANDARD_INPUT)) {
            boolean help = rest.getFirst().equals("--help") || rest.getFirst().equals("-h");
            if (help) {
                new PrintStream(host.out(), true, StandardCharsets.UTF_8).println(SYNTAX);
            } else {
                err.println("lua: unknown option: " + rest.getFirst() + "\n" + SYNTAX);
            }
            return help ? SUCCESS : USAGE;
        }
        if (System.getProperty(STACK_PROPERTY) == null) {
            System.setProperty(STACK_PROPERTY, STACK_KILOBYTES);
        }
        int[] status = {FAILURE};
        Thread thread = new Thread(null, () -> status[0] = start(rest, sandbox), "lua", STACK);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return status[0];
    }

    private int start(List<String> arguments, boolean sandbox) {
        try (LuaEngine engine = LuaEngine.sandboxed(host)) {
            packages.forEach(engine::with);
            if (!sandbox) {
                engine.with(new DebugLibrary());
            }
            if (arguments.isEmpty() && System.console() != null && System.console().isTerminal()) {
                Repl.run(engine, errors);
                return SUCCESS;
            }
            return engine.enter(lua -> runScript(lua, arguments, sandbox));
        }
    }

    private int runScript(Session lua, List<String> arguments, boolean sandbox) {
        String file = arguments.isEmpty() ? STANDARD_INPUT : arguments.getFirst();
        try {
            byte[] source = file.equals(STANDARD_INPUT) ? host.in().readAllBytes() : Files.readAllBytes(Path.of(file));
            String name = file.equals(STANDARD_INPUT) ? "=stdin" : "@" + file;
            if (!sandbox) {
                lua.runtime().globals().rawset("arg", table(lua, arguments));
            }
            LuaValue[] values = arguments.stream().skip(1).map(Strings::of).toArray(LuaValue[]::new);
            lua.call(lua.load(source, name), sandbox ? LuaValue.NONE : Values.of(values), CallLimits.NONE);
            return SUCCESS;
        } catch (IOException | InvalidPathException e) {
            err.println("lua: cannot open " + file);
        } catch (LuaException e) {
            errors.show(lua, e);
        }
        return FAILURE;
    }

    /** The arguments from 1 on, the script at 0 and the interpreter before it. */
    private static Table table(Session lua, List<String> arguments) {
        Table table = lua.runtime().newTable();
        table.rawset(-1L, Strings.of("lua"));
        for (int i = 0; i < arguments.size(); i++) {
            table.rawset((long) i, Strings.of(arguments.get(i)));
        }
        return table;
    }
}
