package dev.tinysse.server.access.command;

import com.nimbusds.jose.JWSAlgorithm;
import dev.tinysse.api.ChannelName;
import dev.tinysse.api.internal.Durations;
import dev.tinysse.server.access.keys.KeyFile;
import dev.tinysse.server.access.keys.SigningKey;
import dev.tinysse.server.pem.PemException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a token.
 *
 * @param out where it is printed
 * @param clock since when it is valid
 */
record TokenMaker(PrintStream out, InstantSource clock) {
    private static final List<String> OPTIONS = List.of("--key", "--publish", "--subscribe", "--sub", "--expires",
            "--issuer", "--audience", "--claim", "--kid", "--algorithm");

    int run(List<String> list) throws CommandException {
        Arguments arguments = Arguments.read(list, OPTIONS);
        if (!arguments.words().isEmpty()) {
            throw CommandException.usage("only options are expected: " + arguments.words().getFirst());
        }
        String file = arguments.get("--key");
        Map<String, Object> claims = claims(arguments);
        try {
            SigningKey key = SigningKey.read(KeyFile.bytes(Path.of(file)));
            Optional<String> wanted = arguments.find("--algorithm");
            JWSAlgorithm algorithm = key.algorithm(wanted).orElseThrow(() -> CommandException.usage(
                    "the key is for another algorithm: --algorithm " + wanted.orElse("")));
            out.println(key.sign(algorithm, arguments.find("--kid"), claims));
            return 0;
        } catch (PemException e) {
            throw CommandException.failed("cannot use --key %s: %s".formatted(file, e.getMessage()));
        }
    }

    private Map<String, Object> claims(Arguments arguments) throws CommandException {
        String text = arguments.find("--expires").orElse("1h");
        Duration life = Durations.parse(text).filter(Duration::isPositive).orElseThrow(() -> CommandException
                .usage("--expires must be a duration such as 30s, 15m or 1h30m: " + text));
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        arguments.find("--issuer").ifPresent(issuer -> claims.put("iss", issuer));
        arguments.find("--audience").ifPresent(audience -> claims.put("aud", audience));
        arguments.find("--sub").ifPresent(sub -> claims.put("sub", sub));
        claims.put("iat", now);
        claims.put("exp", now + Math.max(1, life.toSeconds()));
        Map<String, Object> rights = new LinkedHashMap<>();
        rights.put("publish", patterns(arguments, "--publish"));
        rights.put("subscribe", patterns(arguments, "--subscribe"));
        rights.values().removeIf(patterns -> ((List<?>) patterns).isEmpty());
        claims.put(arguments.find("--claim").orElse("tinysse"), rights);
        return claims;
    }

    private static List<String> patterns(Arguments arguments, String option) throws CommandException {
        for (String pattern : arguments.all(option)) {
            if (!ChannelName.isNameOrPattern(pattern)) {
                throw CommandException
                        .usage("%s must be a channel or a pattern such as orders.*: %s".formatted(option, pattern));
            }
        }
        return arguments.all(option);
    }
}
