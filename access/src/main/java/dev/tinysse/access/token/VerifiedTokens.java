package dev.tinysse.access.token;

import dev.tinysse.access.keys.KeySet;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tokens whose signatures were found valid with one set of keys, by their hashes, so that a token is verified once. Bounded by the
 * length of the tokens; the older half goes first. Safe for any thread.
 */
final class VerifiedTokens {
    /** Characters of tokens in one half; what is remembered of one takes a few times as many bytes. */
    private static final long HALF = 1 << 19;

    /** The keys that the tokens were verified with. */
    final KeySet keys;
    private volatile Half recent = new Half(new ConcurrentHashMap<>(), new AtomicLong());
    private volatile Half older = recent;

    private record Half(Map<ByteBuffer, VerifiedToken> tokens, AtomicLong length) {}

    VerifiedTokens(KeySet keys) {
        this.keys = keys;
    }

    /** The state of a token with this hash. */
    Optional<VerifiedToken> find(byte[] hash) {
        ByteBuffer key = ByteBuffer.wrap(hash);
        VerifiedToken found = recent.tokens.get(key);
        return Optional.ofNullable(found == null ? older.tokens.get(key) : found);
    }

    /** Remembers a token of this length. */
    void add(byte[] hash, VerifiedToken token, int length) {
        Half half = recent;
        half.tokens.put(ByteBuffer.wrap(hash), token);
        if (half.length.addAndGet(length) > HALF) {
            turn(half);
        }
    }

    private synchronized void turn(Half full) {
        if (recent == full) {
            older = full;
            recent = new Half(new ConcurrentHashMap<>(), new AtomicLong());
        }
    }
}
