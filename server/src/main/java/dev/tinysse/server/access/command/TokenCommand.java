package dev.tinysse.server.access.command;

import dev.tinysse.api.Command;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** {@code tinysse token make} and {@code tinysse token check}: makes tokens, and explains them. */
public final class TokenCommand implements Command {
    private static final String USAGE = """
            usage: tinysse token make --key FILE [--publish PATTERN]... [--subscribe PATTERN]... [--sub NAME]
                                      [--expires DURATION] [--issuer ISSUER] [--audience AUDIENCE] [--claim NAME]
                                      [--kid ID] [--algorithm NAME]
                   tinysse token check --key FILE [--issuer ISSUER] [--audience AUDIENCE] [--claim NAME]
                                      [--leeway DURATION] TOKEN

            make prints a token. FILE is a private key in PEM or JWK, or the bytes of a secret for HMAC.

              --publish PATTERN     A channel, or a pattern, that it allows to publish to
              --subscribe PATTERN   The same for subscribing
              --sub NAME            Whose it is
              --expires DURATION    How long it is valid (default: 1h)
              --issuer, --audience  Who has made it, and for whom
              --claim NAME          Claim with the rights, as --jwt-claim of the server (default: tinysse)
              --kid ID              Id of the key; without it that of a JWK
              --algorithm NAME      Such as PS256; without it the usual one of the key

            check says what a token allows, and whether a server with this key takes it: then the status is 0, else 1. FILE
            may be the public key, too. A TOKEN that is - is read from standard input.""";

    private final SubCommands commands;

    /** The command on standard input and output; found by {@link java.util.ServiceLoader}. */
    public TokenCommand() {
        this(System.in, System.out, System.err, InstantSource.system());
    }

    TokenCommand(InputStream in, PrintStream out, PrintStream err, InstantSource clock) {
        commands = new SubCommands(name(), USAGE,
                Map.of("make", arguments -> new TokenMaker(out, clock).run(arguments), "check",
                        arguments -> new TokenChecker(in, out, clock).run(arguments)),
                out, err);
    }

    @Override
    public String name() {
        return "token";
    }

    @Override
    public String summary() {
        return "Make and explain tokens";
    }

    @Override
    public int run(List<String> arguments) {
        return commands.run(arguments);
    }
}
