package dev.tinysse.access.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;

/** {@code tinysse token make} and {@code tinysse token check}: makes tokens, and explains them. */
public final class TokenCommand extends SubCommands {
    /** The command on standard input and output; found by {@link java.util.ServiceLoader}. */
    public TokenCommand() {
        this(System.in, System.out, System.err, InstantSource.system());
    }

    TokenCommand(InputStream in, PrintStream out, PrintStream err, InstantSource clock) {
        super(out, err, new TokenMaker(out, err, clock), new TokenChecker(in, out, err, clock));
    }

    @Override
    public String name() {
        return "token";
    }

    @Override
    public String summary() {
        return "Create and verify tokens (JWT)";
    }
}
