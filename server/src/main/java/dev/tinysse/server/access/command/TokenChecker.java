package dev.tinysse.server.access.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.internal.Durations;
import dev.tinysse.server.access.keys.KeyFile;
import dev.tinysse.server.access.keys.KeyRing;
import dev.tinysse.server.access.token.InvalidTokenException;
import dev.tinysse.server.access.token.TokenDescription;
import dev.tinysse.server.access.token.TokenRules;
import dev.tinysse.server.access.token.TokenVerifier;
import dev.tinysse.server.pem.PemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Explains a token.
 *
 * @param in where a token is read from that is not an argument
 * @param out where the explanation is printed
 * @param clock what time it is
 */
record TokenChecker(InputStream in, PrintStream out, InstantSource clock) {
    private static final List<String> OPTIONS = List.of("--key", "--issuer", "--audience", "--claim", "--leeway");

    int run(List<String> list) throws CommandException {
        Arguments arguments = Arguments.read(list, OPTIONS);
        if (arguments.words().size() != 1) {
            throw CommandException.usage("expected one token");
        }
        String file = arguments.get("--key");
        String leeway = arguments.find("--leeway").orElse("30s");
        TokenRules rules = new TokenRules(Optional.empty(), arguments.find("--issuer"), arguments.find("--audience"),
                arguments.find("--claim").orElse("tinysse"), Durations.parse(leeway).orElseThrow(() -> CommandException
                        .usage("--leeway must be a duration such as 30s: " + leeway)));
        KeyRing ring = new KeyRing(_ -> true);
        try {
            ring.replace(file, KeyFile.anyKeys(KeyFile.bytes(Path.of(file))));
        } catch (PemException e) {
            throw CommandException.failed("cannot use --key %s: %s".formatted(file, e.getMessage()));
        }
        return check(rules, ring, text(arguments.words().getFirst()));
    }

    private int check(TokenRules rules, KeyRing ring, String token) {
        try {
            TokenDescription.of(token, rules.claim(), clock.instant()).forEach(out::println);
            new TokenVerifier(rules, ring, Optional.empty(), clock).verify(token);
            out.println("valid");
            return 0;
        } catch (InvalidTokenException e) {
            out.println("not valid: " + e.error().text());
            return 1;
        }
    }

    private String text(String word) throws CommandException {
        if (!word.equals("-")) {
            return word;
        }
        try {
            return new String(in.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw CommandException.failed("cannot read standard input: " + e.getMessage());
        }
    }
}
