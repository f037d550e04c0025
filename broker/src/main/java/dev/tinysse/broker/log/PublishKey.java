package dev.tinysse.broker.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

/**
 * The idempotency key of a request, by which it is published once, however often it is sent. A log stores the response for
 * {@link #LIFETIME}, of at most {@value #MAX_KEYS} keys, the newest, in at most {@value #MAX_BYTES} bytes.
 *
 * @param name tells the key from all others; the same for the same scope and key
 * @param digest of the request's content: a repetition has the same
 */
public record PublishKey(String name, String digest) {
    /** How long a response is stored. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);
    /** How many responses are stored. */
    public static final int MAX_KEYS = 100_000;
    /** How many bytes all responses may take. */
    public static final int MAX_BYTES = 1 << 26;

    /** Checks that nothing is null. */
    public PublishKey {
        Objects.requireNonNull(name);
        Objects.requireNonNull(digest);
    }

    /**
     * A key. Its name is a hash, so that names have one length, and no log stores the caller.
     *
     * @param scope what the key belongs to: the same key of another scope is another key
     * @param key 1 to 128 printable ASCII characters
     * @param digest of the request's content
     * @return the key
     */
    public static PublishKey of(String scope, String key, String digest) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((scope + "\n" + key).getBytes(UTF_8));
            return new PublishKey(Base64.getUrlEncoder().withoutPadding().encodeToString(hash), digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
