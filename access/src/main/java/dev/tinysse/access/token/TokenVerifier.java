package dev.tinysse.access.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import dev.tinysse.access.keys.Algorithms;
import dev.tinysse.access.keys.KeyRing;
import dev.tinysse.access.keys.KeySet;
import dev.tinysse.access.keys.RemoteKeys;
import dev.tinysse.access.keys.VerificationKey;
import dev.tinysse.api.internal.Sha256;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Verifies tokens. Which algorithms count is decided by configuration and keys, and never by a token. Safe for any thread; a call may
 * wait for a key set that is being fetched.
 */
public final class TokenVerifier {
    private final TokenRules rules;
    private final ClaimsReader reader;
    private final KeyRing ring;
    private final Optional<RemoteKeys> remote;
    private final InstantSource clock;
    private volatile VerifiedTokens known;

    /**
     * A verifier.
     *
     * @param rules what tokens must be like
     * @param ring the keys that are valid
     * @param remote the key set that puts more of them into the ring
     * @param clock what time it is
     */
    public TokenVerifier(TokenRules rules, KeyRing ring, Optional<RemoteKeys> remote, InstantSource clock) {
        this.rules = rules;
        this.reader = new ClaimsReader(rules);
        this.ring = ring;
        this.remote = remote;
        this.clock = clock;
        this.known = new VerifiedTokens(ring.current());
    }

    /**
     * Verifies a token.
     *
     * @param text as it came
     * @return what it says
     * @throws InvalidTokenException if it fails a check
     */
    public VerifiedToken verify(String text) throws InvalidTokenException {
        byte[] hash = Sha256.of(text.getBytes(UTF_8));
        VerifiedTokens cache = cache();
        Optional<VerifiedToken> found = cache.find(hash);
        VerifiedToken token = found.isPresent() ? found.get() : verifyNew(text);
        reader.checkTime(token, clock.instant());
        if (found.isEmpty() && cache.keys == ring.current()) {
            cache.add(hash, token, text.length());
        }
        return token;
    }

    /** Forgets the tokens that were verified with other keys. */
    private VerifiedTokens cache() {
        VerifiedTokens cache = known;
        KeySet keys = ring.current();
        if (cache.keys != keys) {
            cache = new VerifiedTokens(keys);
            known = cache;
        }
        return cache;
    }

    private VerifiedToken verifyNew(String text) throws InvalidTokenException {
        ParsedToken token = ParsedToken.of(text);
        if (!isAccepted(token.header.getAlgorithm())) {
            throw new InvalidTokenException(TokenError.ALGORITHM);
        }
        KeySet keys = ring.current();
        while (!isSignedWith(keys, token)) {
            if (remote.isEmpty() || !mayBeOfANewKey(keys, token) || !remote.get().awaitUnknownKey()) {
                throw new InvalidTokenException(error(keys, token));
            }
            KeySet newer = ring.current();
            if (newer == keys) {
                throw new InvalidTokenException(error(keys, token));
            }
            keys = newer;
        }
        return reader.read(token.claims());
    }

    private boolean isAccepted(JWSAlgorithm algorithm) {
        if (rules.algorithms().isPresent()) {
            return rules.algorithms().get().contains(algorithm);
        }
        return remote.isPresent() && Algorithms.ofPublicKeys().contains(algorithm)
                || ring.current().algorithms().contains(algorithm);
    }

    private static boolean isSignedWith(KeySet keys, ParsedToken token) {
        for (VerificationKey key : keys.find(token.header.getAlgorithm(), token.keyId())) {
            if (key.verifies(token.header, token.signed, token.signature)) {
                return true;
            }
        }
        return false;
    }

    /** Not if it names a key that is there, and is signed with another one. */
    private static boolean mayBeOfANewKey(KeySet keys, ParsedToken token) {
        return token.keyId().isEmpty() || keys.keys().stream().noneMatch(key -> key.isNamed(token.keyId().get()));
    }

    private static TokenError error(KeySet keys, ParsedToken token) {
        List<VerificationKey> found = keys.find(token.header.getAlgorithm(), token.keyId());
        if (!found.isEmpty()) {
            return TokenError.SIGNATURE;
        }
        boolean otherAlgorithm = token.keyId().isPresent()
                && keys.keys().stream().anyMatch(key -> key.isNamed(token.keyId().get()));
        return otherAlgorithm ? TokenError.ALGORITHM : TokenError.KEY_ID;
    }
}
