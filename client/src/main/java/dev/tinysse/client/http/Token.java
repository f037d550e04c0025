package dev.tinysse.client.http;

import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The token that says who asks, for {@code Authorization: Bearer}. It is never shown. Immutable. */
public final class Token {
    private static final String VARIABLE = "TINYSSE_TOKEN";
    private final Optional<Path> file;
    private final Optional<String> value;

    private Token(Optional<Path> file, Optional<String> value) {
        this.file = file;
        this.value = value;
    }

    /** {@return the token of {@code --token-file}, else of {@code TINYSSE_TOKEN}, else none} */
    public static Token of(Arguments arguments, Map<String, String> environment) {
        return new Token(arguments.text("--token-file").map(Path::of),
                Optional.ofNullable(environment.get(VARIABLE)).map(String::strip).filter(token -> !token.isEmpty()));
    }

    /**
     * The token as it is now: a file is read each time, since it may have been renewed.
     *
     * @throws FailedException if the file cannot be read or has no token
     */
    public Optional<String> current() throws FailedException {
        Optional<String> token = file.isPresent() ? Optional.of(read(file.get())) : value;
        if (token.isPresent() && !token.get().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new FailedException("the token in %s must be one word of ASCII"
                    .formatted(file.map(Path::toString).orElse(VARIABLE)));
        }
        return token;
    }

    private static String read(Path file) throws FailedException {
        try {
            String token = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
            if (token.isEmpty()) {
                throw new FailedException("there is no token in the file: " + file);
            }
            return token;
        } catch (IOException e) {
            throw new FailedException("cannot read the token file %s: %s".formatted(file, Shown.reason(e)));
        }
    }

    @Override
    public String toString() {
        return "Token[…]";
    }
}
