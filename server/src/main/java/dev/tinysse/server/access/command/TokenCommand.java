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

            make prints a signed token (JWT). FILE is a private key in PEM or JWK, or the bytes of a secret for HMAC.

              --publish PATTERN     Permission to publish to a channel or pattern; may be repeated
              --subscribe PATTERN   Permission to subscribe to a channel or pattern; may be repeated
              --sub NAME            Subject (sub): the user or application
              --expires DURATION    Lifetime (default: 1h)
              --issuer, --audience  Claims iss and aud
              --claim NAME          Claim that contains the permissions, as --jwt-claim of the server (default: tinysse)
              --kid ID              Key id (default: that of the JWK)
              --algorithm NAME      Signature algorithm such as PS256 (default: the usual one of the key)

            check explains a token and verifies it as a server with this key would. FILE may also be the public key. The exit
            status is 0 if the token is valid, otherwise 1. With - as TOKEN, the command reads it from standard input.""";

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
        return "Create and verify tokens (JWT)";
    }

    @Override
    public int run(List<String> arguments) {
        return commands.run(arguments);
    }
}
