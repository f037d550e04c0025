package dev.tinysse.access.command;

import com.nimbusds.jose.JWSAlgorithm;
import dev.tinysse.access.keys.KeyFile;
import dev.tinysse.access.keys.SigningKey;
import dev.tinysse.api.ChannelName;
import dev.tinysse.api.internal.Durations;
import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.CliCommand;
import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Syntax;
import dev.tinysse.cli.UsageException;
import dev.tinysse.server.pem.PemException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a token. */
final class TokenMaker extends CliCommand {
    private final InstantSource clock;

    /** The clock says since when the token is valid. */
    TokenMaker(PrintStream out, PrintStream err, InstantSource clock) {
        super(out, err);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "make";
    }

    @Override
    public String summary() {
        return "Create a token (JWT)";
    }

    @Override
    protected Syntax syntax() {
        return new Syntax("tinysse token make", List.of("tinysse token make --key FILE [OPTION]..."),
                "Prints a signed token (JWT).")
                .option("--key", "FILE", "Private key in PEM or JWK, or the bytes of a secret for HMAC")
                .repeatable("--publish", "PATTERN", "Permission to publish to a channel or pattern; may be repeated")
                .repeatable("--subscribe", "PATTERN",
                        "Permission to subscribe to a channel or pattern; may be repeated")
                .option("--sub", "NAME", "Subject (sub): the user or application")
                .option("--expires", "DURATION", "Lifetime (default: 1h)")
                .option("--issuer", "ISSUER", "Claim iss")
                .option("--audience", "AUDIENCE", "Claim aud")
                .option("--claim", "NAME",
                        "Claim that contains the permissions, as --jwt-claim (default: tinysse)")
                .option("--kid", "ID", "Key id (default: that of the JWK)")
                .option("--algorithm", "NAME", "Signature algorithm such as PS256 (default: the usual one of the key)")
                .footer();
    }

    @Override
    protected int run(Arguments arguments) throws UsageException, FailedException {
        if (!arguments.operands().isEmpty()) {
            throw new UsageException("only options are expected: " + arguments.operands().getFirst());
        }
        String file = arguments.required("--key");
        Map<String, Object> claims = claims(arguments);
        try {
            SigningKey key = SigningKey.read(KeyFile.bytes(Path.of(file)));
            Optional<String> wanted = arguments.text("--algorithm");
            JWSAlgorithm algorithm = key.algorithm(wanted).orElseThrow(() -> new UsageException(
                    "the key is for another algorithm: --algorithm " + wanted.orElse("")));
            out().println(key.sign(algorithm, arguments.text("--kid"), claims));
            return ExitStatus.OK;
        } catch (PemException e) {
            throw new FailedException("cannot use --key %s: %s".formatted(file, e.getMessage()));
        }
    }

    private Map<String, Object> claims(Arguments arguments) throws UsageException {
        String text = arguments.text("--expires").orElse("1h");
        Duration life = Durations.parse(text).filter(Duration::isPositive).orElseThrow(
                () -> new UsageException("--expires must be a duration such as 30s, 15m or 1h30m: " + text));
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        arguments.text("--issuer").ifPresent(issuer -> claims.put("iss", issuer));
        arguments.text("--audience").ifPresent(audience -> claims.put("aud", audience));
        arguments.text("--sub").ifPresent(sub -> claims.put("sub", sub));
        claims.put("iat", now);
        claims.put("exp", now + Math.max(1, life.toSeconds()));
        Map<String, Object> rights = new LinkedHashMap<>();
        rights.put("publish", patterns(arguments, "--publish"));
        rights.put("subscribe", patterns(arguments, "--subscribe"));
        rights.values().removeIf(patterns -> ((List<?>) patterns).isEmpty());
        claims.put(arguments.text("--claim").orElse("tinysse"), rights);
        return claims;
    }

    private static List<String> patterns(Arguments arguments, String option) throws UsageException {
        for (String pattern : arguments.texts(option)) {
            if (!ChannelName.isNameOrPattern(pattern)) {
                throw new UsageException(
                        "%s must be a channel or a pattern such as orders.*: %s".formatted(option, pattern));
            }
        }
        return arguments.texts(option);
    }
}
