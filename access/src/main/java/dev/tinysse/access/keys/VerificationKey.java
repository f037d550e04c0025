package dev.tinysse.access.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.tinysse.server.pem.PemException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A key with which signatures are verified, and the algorithms that it is for: a public key is never taken for the secret of
 * HMAC, whatever a token says. Immutable, safe for any thread; shows nothing of itself.
 */
public final class VerificationKey {
    /** Fewer bits are refused, as RFC 7518 section 3.3 asks. */
    static final int MIN_RSA_BITS = 2048;
    /** A secret must not have fewer bytes than the hash of HS256 (RFC 7518 section 3.2). */
    static final int MIN_SECRET = 32;

    private final Optional<String> id;
    private final Set<JWSAlgorithm> algorithms;
    private final JWSVerifier verifier;

    private VerificationKey(Optional<String> id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {
        this.id = id;
        this.algorithms = algorithms;
        this.verifier = verifier;
    }

    /** A public key for every key id. */
    static VerificationKey of(PublicKey key) throws PemException {
        return of(switch (key) {
            case RSAPublicKey rsa when rsa.getModulus().bitLength() < MIN_RSA_BITS -> throw new PemException(
                    "an RSA key needs at least %d bits: bits=%d".formatted(MIN_RSA_BITS,
                            rsa.getModulus().bitLength()));
            case RSAPublicKey rsa -> new RSASSAVerifier(rsa);
            case ECPublicKey ec -> new EcdsaVerifier(ec);
            case EdECPublicKey ed -> new Ed25519Verifier(ed);
            default -> throw new PemException("a key of this kind is not used for tokens: " + key.getAlgorithm());
        });
    }

    /** A secret for every key id. */
    static VerificationKey ofSecret(byte[] secret) throws PemException {
        if (secret.length < MIN_SECRET) {
            throw new PemException("a secret for HMAC needs at least %d bytes: bytes=%d".formatted(MIN_SECRET,
                    secret.length));
        }
        try {
            return of(new MACVerifier(secret));
        } catch (JOSEException e) {
            throw new PemException("the secret cannot be used", e);
        }
    }

    private static VerificationKey of(JWSVerifier verifier) {
        return new VerificationKey(Optional.empty(), Set.copyOf(verifier.supportedJWSAlgorithms()), verifier);
    }

    /** {@return whether it is a secret, and no public key} */
    public boolean isSecret() {
        return Algorithms.HMAC.containsAll(algorithms);
    }

    /** The same key, for tokens that name it, or no key. */
    VerificationKey withId(String name) {
        return new VerificationKey(Optional.of(name), algorithms, verifier);
    }

    /** The same key, for some of its algorithms. */
    VerificationKey limited(Predicate<JWSAlgorithm> allowed) {
        return new VerificationKey(id, algorithms.stream().filter(allowed).collect(Collectors.toUnmodifiableSet()),
                verifier);
    }

    /** {@return the algorithms that it is for, unmodifiable} */
    public Set<JWSAlgorithm> algorithms() {
        return algorithms;
    }

    /** {@return whether this is its id} */
    public boolean isNamed(String name) {
        return id.filter(name::equals).isPresent();
    }

    /** Whether it may be the key of a token that names this one, or none. */
    boolean hasId(Optional<String> named) {
        return id.isEmpty() || named.isEmpty() || id.equals(named);
    }

    /**
     * Verifies a signature.
     *
     * @param header of the token, whose algorithm is one of this key's
     * @param signed what has been signed
     * @param signature what is to be verified
     * @return whether it is one of this key
     */
    public boolean verifies(JWSHeader header, byte[] signed, Base64URL signature) {
        try {
            return verifier.verify(header, signed, signature);
        } catch (JOSEException e) {
            return false; // it is no signature at all
        }
    }

    @Override
    public String toString() {
        return "VerificationKey" + algorithms;
    }
}
