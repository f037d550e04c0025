package dev.tinysse.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.internal.Sha256;
import dev.tinysse.server.pem.PemException;
import dev.tinysse.server.rights.Rights;
import dev.tinysse.server.routing.Utf8;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys of applications, of which only hashes are stored. Immutable.
 *
 * @param keys in the order of their file
 */
public record ApiKeys(List<ApiKey> keys) {
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final int HASH_DIGITS = 64;

    /** Copies the keys. */
    public ApiKeys {
        keys = List.copyOf(keys);
    }

    /**
     * Reads a file: {@code NAME SHA256-OF-KEY-IN-HEX RIGHT…} in each line, but for empty ones and those that begin with a {@code #}.
     *
     * @param file its bytes
     * @return the keys in it
     * @throws PemException if a line is malformed; the text says which, and shows no hash
     */
    static ApiKeys read(byte[] file) throws PemException {
        String text = Utf8.decode(file).orElseThrow(() -> new PemException("it is not in UTF-8"));
        List<ApiKey> keys = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                keys.add(line(number, List.of(BLANKS.split(line.strip()))));
            }
        }
        return new ApiKeys(keys);
    }

    private static ApiKey line(int number, List<String> words) throws PemException {
        if (words.size() < 3) {
            throw new PemException("line %d: expected NAME SHA256-OF-KEY-IN-HEX RIGHT...".formatted(number));
        }
        String hex = words.get(1);
        if (hex.length() != HASH_DIGITS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new PemException("line %d: the second word must be a SHA-256 of 64 hexadecimal digits: name=%s"
                    .formatted(number, words.getFirst()));
        }
        for (String right : words.subList(2, words.size())) {
            if (!Rights.isRight(right)) {
                throw new PemException(
                        "line %d: a permission must be publish:PATTERN or subscribe:PATTERN: name=%s permission=%s"
                                .formatted(number, words.getFirst(), right));
            }
        }
        return new ApiKey(words.getFirst(), HexFormat.of().parseHex(hex),
                Rights.parse(words.subList(2, words.size())).orElseThrow());
    }

    /** The SHA-256 of a key. */
    public static byte[] hash(String key) {
        return Sha256.of(key.getBytes(UTF_8));
    }

    /** The caller with a key; always compares all of them, so that time tells nothing. */
    Optional<Principal> find(String key) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        byte[] hash = hash(key);
        ApiKey found = null;
        for (ApiKey candidate : keys) {
            if (MessageDigest.isEqual(candidate.hash(), hash)) {
                found = candidate;
            }
        }
        Arrays.fill(hash, (byte) 0);
        return Optional.ofNullable(found)
                .map(one -> new Principal(one.rights(), Map.of("sub", one.name()), Optional.empty()));
    }
}
