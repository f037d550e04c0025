package dev.tinysse.access.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.access.keys.KeyFile;
import dev.tinysse.access.keys.KeyRing;
import dev.tinysse.access.token.InvalidTokenException;
import dev.tinysse.access.token.TokenDescription;
import dev.tinysse.access.token.TokenRules;
import dev.tinysse.access.token.TokenVerifier;
import dev.tinysse.api.internal.Durations;
import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.CliCommand;
import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Syntax;
import dev.tinysse.cli.UsageException;
import dev.tinysse.server.pem.PemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Explains a token. */
final class TokenChecker extends CliCommand {
    private final InputStream in;
    private final InstantSource clock;

    /** A token that is not an argument is read from {@code in}. */
    TokenChecker(InputStream in, PrintStream out, PrintStream err, InstantSource clock) {
        super(out, err);
        this.in = in;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "Verify a token (JWT)";
    }

    @Override
    protected Syntax syntax() {
        return new Syntax("tinysse token check", List.of("tinysse token check --key FILE [OPTION]... TOKEN"),
                "Explains a token and verifies it as a server with this key would.")
                .option("--key", "FILE", "Key in PEM or JWK, also a public one, or the bytes of a secret for HMAC")
                .option("--issuer", "ISSUER", "Required issuer (iss)")
                .option("--audience", "AUDIENCE", "Required audience (aud)")
                .option("--claim", "NAME", "Claim that contains the permissions (default: tinysse)")
                .option("--leeway", "DURATION", "Permitted clock skew (default: 30s)")
                .footer("With - as TOKEN, the command reads it from standard input. Exit status: 0 if the token is valid,",
                        "1 if not, 2 for invalid usage.");
    }

    @Override
    protected int run(Arguments arguments) throws UsageException, FailedException {
        if (arguments.operands().size() != 1) {
            throw new UsageException("expected one token");
        }
        String file = arguments.required("--key");
        String leeway = arguments.text("--leeway").orElse("30s");
        TokenRules rules = new TokenRules(Optional.empty(), arguments.text("--issuer"), arguments.text("--audience"),
                arguments.text("--claim").orElse("tinysse"), Durations.parse(leeway)
                        .orElseThrow(() -> new UsageException("--leeway must be a duration such as 30s: " + leeway)));
        KeyRing ring = new KeyRing(_ -> true);
        try {
            ring.replace(file, KeyFile.anyKeys(KeyFile.bytes(Path.of(file))));
        } catch (PemException e) {
            throw new FailedException("cannot use --key %s: %s".formatted(file, e.getMessage()));
        }
        return check(rules, ring, text(arguments.operands().getFirst()));
    }

    private int check(TokenRules rules, KeyRing ring, String token) {
        try {
            TokenDescription.of(token, rules.claim(), clock.instant()).forEach(out()::println);
            new TokenVerifier(rules, ring, Optional.empty(), clock).verify(token);
            out().println("valid");
            return ExitStatus.OK;
        } catch (InvalidTokenException e) {
            out().println("not valid: " + e.error().text());
            return ExitStatus.FAILED;
        }
    }

    private String text(String word) throws FailedException {
        if (!word.equals("-")) {
            return word;
        }
        try {
            return new String(in.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new FailedException("cannot read standard input: " + e.getMessage());
        }
    }
}
