package dev.tinysse.access.command;

import dev.tinysse.access.ApiKeys;
import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.CliCommand;
import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.Syntax;
import dev.tinysse.cli.UsageException;
import dev.tinysse.server.rights.Rights;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Makes an API key. */
final class ApiKeyMaker extends CliCommand {
    private static final int KEY_BYTES = 32;
    /** Identifies the key to people and to secret scanners. */
    private static final String PREFIX = "tsse_";

    ApiKeyMaker(PrintStream out, PrintStream err) {
        super(out, err);
    }

    @Override
    public String name() {
        return "make";
    }

    @Override
    public String summary() {
        return "Create an API key";
    }

    @Override
    protected Syntax syntax() {
        return new Syntax("tinysse api-key make", List.of("tinysse api-key make NAME RIGHT..."),
                """
                        Creates an API key. The first line of the output is the key, which is not stored anywhere: the application
                        sends it as "Authorization: Bearer KEY" or as "X-API-Key: KEY". The second line belongs in the file of
                        --api-keys. RIGHT is publish:PATTERN or subscribe:PATTERN.""")
                .footer();
    }

    @Override
    protected int run(Arguments arguments) throws UsageException {
        List<String> words = arguments.operands();
        if (words.size() < 2) {
            throw new UsageException("expected a name and at least one permission such as publish:orders.*");
        }
        String name = words.getFirst();
        if (name.isEmpty() || name.startsWith("#")
                || name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new UsageException("a name must not be empty, begin with # or have blanks: " + name);
        }
        for (String right : words.subList(1, words.size())) {
            if (!Rights.isRight(right)) {
                throw new UsageException("a permission must be publish:PATTERN or subscribe:PATTERN: " + right);
            }
        }
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        out().println(key);
        out().println(name + " " + HexFormat.of().formatHex(ApiKeys.hash(key)) + " "
                + String.join(" ", words.subList(1, words.size())));
        return ExitStatus.OK;
    }
}
