package dev.tinysse.access.command;

import dev.tinysse.api.Command;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;

/** {@code tinysse token make} and {@code tinysse token check}: makes tokens, and explains them. */
public final class TokenCommand implements Command {
    private final SubCommands commands;

    /** The command on standard input and output; found by {@link java.util.ServiceLoader}. */
    public TokenCommand() {
        this(System.in, System.out, System.err, InstantSource.system());
    }

    TokenCommand(InputStream in, PrintStream out, PrintStream err, InstantSource clock) {
        commands = new SubCommands(name(), List.of(new TokenMaker(out, err, clock),
                new TokenChecker(in, out, err, clock)), out, err);
    }

    @Override
    public String name() {
        return "token";
    }

    @Override
    public String summary() {
        return "Create and verify tokens (JWT)";
    }

    @Override
    public int run(List<String> arguments) {
        return commands.run(arguments);
    }
}
