package dev.tinysse.server.access.command;

import dev.tinysse.api.Command;
import dev.tinysse.server.access.ApiKeys;
import dev.tinysse.server.rights.Rights;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** {@code tinysse api-key make NAME RIGHT…}: makes an API key, which it shows once, and its line for {@code --api-keys}. */
public final class ApiKeyCommand implements Command {
    private static final int KEY_BYTES = 32;
    /** Identifies the key to people and to secret scanners. */
    private static final String PREFIX = "tsse_";

    private final SubCommands commands;

    /** The command on standard output; found by {@link java.util.ServiceLoader}. */
    public ApiKeyCommand() {
        this(System.out, System.err);
    }

    ApiKeyCommand(PrintStream out, PrintStream err) {
        commands = new SubCommands(name(),
                """
                        usage: tinysse api-key make NAME RIGHT...

                        Creates an API key. The first line of the output is the key, which is not stored anywhere: the application
                        sends it as "Authorization: Bearer KEY" or as "X-API-Key: KEY". The second line belongs in the file of
                        --api-keys. RIGHT is publish:PATTERN or subscribe:PATTERN.""",
                Map.of("make", arguments -> make(arguments, out)), out, err);
    }

    @Override
    public String name() {
        return "api-key";
    }

    @Override
    public String summary() {
        return "Create API keys";
    }

    @Override
    public int run(List<String> arguments) {
        return commands.run(arguments);
    }

    private static int make(List<String> arguments, PrintStream out) throws CommandException {
        List<String> words = Arguments.read(arguments, List.of()).words();
        if (words.size() < 2) {
            throw CommandException.usage("expected a name and at least one permission such as publish:orders.*");
        }
        String name = words.getFirst();
        if (name.isEmpty() || name.startsWith("#")
                || name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw CommandException.usage("a name must not be empty, begin with # or have blanks: " + name);
        }
        for (String right : words.subList(1, words.size())) {
            if (!Rights.isRight(right)) {
                throw CommandException.usage(
                        "a permission must be publish:, subscribe:, read:, write: or close: and a PATTERN: " + right);
            }
        }
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        out.println(key);
        out.println(name + " " + HexFormat.of().formatHex(ApiKeys.hash(key)) + " "
                + String.join(" ", words.subList(1, words.size())));
        return 0;
    }
}
