package dev.tinysse.access.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.tinysse.server.pem.PemBlock;
import dev.tinysse.server.pem.PemException;
import dev.tinysse.server.pem.PrivateKeys;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A key with which tokens are made. Immutable; shows nothing of itself. */
public final class SigningKey {
    private final Optional<String> id;
    private final JWSSigner signer;

    private SigningKey(Optional<String> id, JWSSigner signer) {
        this.id = id;
        this.signer = signer;
    }

    /**
     * The first key in a file: a private key in PEM, a JWK or the first of a set, or the bytes of a secret.
     *
     * @param file its bytes
     * @return the key
     * @throws PemException if there is none
     */
    public static SigningKey read(byte[] file) throws PemException {
        try {
            if (PemBlock.isIn(file)) {
                return pem(PemBlock.read(file));
            }
            Optional<String> json = KeyFile.json(file);
            if (json.isPresent()) {
                List<JWK> keys = JwkKeys.parse(json.get());
                if (keys.isEmpty() || !keys.getFirst().isPrivate()) {
                    throw new PemException("there is no private key in it");
                }
                return jwk(keys.getFirst());
            }
            return new SigningKey(Optional.empty(), secret(SecretFile.read(file)));
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            throw new PemException("the key cannot be used: " + e.getMessage(), e);
        }
    }

    private static SigningKey pem(List<PemBlock> blocks) throws PemException, JOSEException {
        for (PemBlock block : blocks) {
            if (block.isPrivateKey()) {
                return new SigningKey(Optional.empty(), signer(PrivateKeys.of(block)));
            }
        }
        throw new PemException("there is no private key in it");
    }

    private static SigningKey jwk(JWK jwk) throws JOSEException, GeneralSecurityException, PemException {
        return new SigningKey(Optional.ofNullable(jwk.getKeyID()), switch (jwk) {
            case RSAKey rsa -> signer(rsa.toPrivateKey());
            case ECKey ec -> signer(ec.toPrivateKey());
            case OctetKeyPair pair -> signer(KeyFactory.getInstance("Ed25519").generatePrivate(
                    new EdECPrivateKeySpec(NamedParameterSpec.ED25519, pair.getDecodedD())));
            case OctetSequenceKey secret -> secret(secret.toByteArray());
            default -> throw new PemException("a key of this kind is not used for tokens");
        });
    }

    private static JWSSigner signer(PrivateKey key) throws JOSEException, PemException {
        return switch (key) {
            case RSAPrivateKey rsa when rsa.getModulus().bitLength() < VerificationKey.MIN_RSA_BITS ->
                throw new PemException("an RSA key needs at least %d bits: bits=%d".formatted(
                        VerificationKey.MIN_RSA_BITS, rsa.getModulus().bitLength()));
            case RSAPrivateKey rsa -> new RSASSASigner(rsa);
            case ECPrivateKey ec -> ecdsa(ec);
            case EdECPrivateKey ed -> new Ed25519Signer(ed);
            default -> throw new PemException("a key of this kind is not used for tokens: " + key.getAlgorithm());
        };
    }

    private static JWSSigner ecdsa(ECPrivateKey key) throws JOSEException, PemException {
        JWSSigner signer = new ECDSASigner(key);
        if (!Algorithms.ofPublicKeys().containsAll(signer.supportedJWSAlgorithms())) {
            throw new PemException("the curve must be P-256, P-384 or P-521");
        }
        return signer;
    }

    private static JWSSigner secret(byte[] secret) throws JOSEException, PemException {
        VerificationKey.ofSecret(secret); // has the same limits
        return new MACSigner(secret);
    }

    /**
     * The algorithm of tokens that are made.
     *
     * @param wanted a name; empty for the usual one of the key
     * @return the algorithm; empty if the key has none of that name
     */
    public Optional<JWSAlgorithm> algorithm(Optional<String> wanted) {
        List<JWSAlgorithm> usual = List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.ES384,
                JWSAlgorithm.ES512, JWSAlgorithm.EdDSA, JWSAlgorithm.HS256);
        return signer.supportedJWSAlgorithms().stream()
                .filter(algorithm -> wanted.map(algorithm.getName()::equals).orElse(usual.contains(algorithm)))
                .findFirst();
    }

    /**
     * Makes a token.
     *
     * @param algorithm one of the key
     * @param named id of the key in the token; empty for its own
     * @param claims what it says
     * @return the token
     * @throws PemException if it cannot be signed
     */
    public String sign(JWSAlgorithm algorithm, Optional<String> named, Map<String, Object> claims) throws PemException {
        JWSHeader header = new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT)
                .keyID(named.or(() -> id).orElse(null)).build();
        JWSObject token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new PemException("the key cannot be used: " + e.getMessage(), e);
        }
        return token.serialize();
    }

    @Override
    public String toString() {
        return "SigningKey" + signer.supportedJWSAlgorithms();
    }
}
