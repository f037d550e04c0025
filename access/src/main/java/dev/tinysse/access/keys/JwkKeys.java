package dev.tinysse.access.keys;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tinysse.server.pem.PemException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads JWKs and sets of them (RFC 7517). Pure functions. */
final class JwkKeys {
    private static final String NO_KEYS = "neither a JWK nor a JWK set";
    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    private JwkKeys() {}

    /**
     * The keys in a text that are for signatures; others are left out.
     *
     * @throws PemException if the text is neither a JWK nor a set, one of its keys is malformed, or all are of kinds that are not used
     */
    static List<VerificationKey> read(String json) throws PemException {
        List<VerificationKey> keys = new ArrayList<>();
        List<PemException> unused = new ArrayList<>();
        for (JWK jwk : parse(json)) {
            try {
                key(jwk).ifPresent(keys::add);
            } catch (PemException e) { // others in the set may be of use
                unused.add(e);
            } catch (JOSEException | RuntimeException e) { // the JDK throws either at a malformed key
                throw malformed(e);
            }
        }
        if (keys.isEmpty() && !unused.isEmpty()) {
            throw unused.getFirst();
        }
        return keys;
    }

    /**
     * The same of a set that others make: a key in it that is malformed, or of a kind that nobody here knows, is left out, as RFC 7517
     * section 5 asks.
     *
     * @throws PemException if the text is neither a JWK nor a set
     */
    static List<VerificationKey> readUsable(String json) throws PemException {
        Map<String, Object> members = members(json);
        if (!members.containsKey("keys")) {
            return read(json);
        }
        if (!(members.get("keys") instanceof List<?> items)) {
            throw new PemException(NO_KEYS);
        }
        List<VerificationKey> usable = new ArrayList<>();
        for (Object item : items) {
            usable(item).ifPresent(usable::add);
        }
        return usable;
    }

    private static Optional<VerificationKey> usable(Object item) {
        try {
            return item instanceof Map<?, ?> members ? key(JWK.parse(named(members))) : Optional.empty();
        } catch (ParseException | JOSEException | PemException | RuntimeException e) {
            return Optional.empty(); // whatever is wrong with it, the others count
        }
    }

    private static Map<String, Object> named(Map<?, ?> members) {
        Map<String, Object> named = new LinkedHashMap<>();
        members.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    /** The keys in a text, of whatever kind. */
    static List<JWK> parse(String json) throws PemException {
        Map<String, Object> members = members(json);
        if (!members.containsKey("keys") && !members.containsKey("kty")) {
            throw new PemException(NO_KEYS);
        }
        try {
            return members.containsKey("keys") ? JWKSet.parse(members).getKeys() : List.of(JWK.parse(members));
        } catch (ParseException | RuntimeException e) { // the library also fails at a null
            throw malformed(e);
        }
    }

    private static PemException malformed(Exception e) {
        return new PemException("malformed JWK or JWK set: " + e.getMessage(), e);
    }

    private static Map<String, Object> members(String json) throws PemException {
        try {
            return JSONObjectUtils.parse(json);
        } catch (ParseException e) {
            throw new PemException(NO_KEYS, e);
        }
    }

    private static boolean isForSignatures(JWK key) {
        boolean use = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean operations = key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY)
                || key.isPrivate() && key.getKeyOperations().contains(KeyOperation.SIGN);
        return use && operations;
    }

    /**
     * The key; empty if it is not for signatures, or not for an algorithm that is known here.
     *
     * @throws PemException if it is of a kind, a curve or a size that is not used
     */
    private static Optional<VerificationKey> key(JWK jwk) throws PemException, JOSEException {
        if (!isForSignatures(jwk)) {
            return Optional.empty();
        }
        VerificationKey key = switch (jwk) {
            case RSAKey rsa -> VerificationKey.of(rsa.toRSAPublicKey());
            case ECKey ec when !CURVES.contains(ec.getCurve()) -> throw new PemException(
                    "the curve must be P-256, P-384 or P-521: crv=" + ec.getCurve());
            case ECKey ec -> VerificationKey.of(ec.toECPublicKey());
            case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) -> VerificationKey.of(ed25519(pair));
            case OctetSequenceKey secret -> VerificationKey.ofSecret(secret.toByteArray());
            default -> throw new PemException("a key of this kind is not used for tokens");
        };
        VerificationKey limited = jwk.getAlgorithm() == null
                ? key
                : key.limited(only(jwk.getAlgorithm())::contains);
        return Optional.of(jwk.getKeyID() == null ? limited : limited.withId(jwk.getKeyID()))
                .filter(found -> !found.algorithms().isEmpty());
    }

    private static List<JWSAlgorithm> only(Algorithm named) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(named.getName());
        return Algorithms.ED25519.contains(algorithm) ? List.copyOf(Algorithms.ED25519) : List.of(algorithm);
    }

    /** The key as RFC 8032 section 5.1.2 encodes it: y with the lowest byte first, and the sign of x in the highest bit. */
    static PublicKey ed25519(OctetKeyPair pair) throws PemException {
        byte[] encoded = pair.getDecodedX();
        if (encoded.length != 32) {
            throw new PemException("a key of Ed25519 has 32 bytes: bytes=" + encoded.length);
        }
        byte[] y = new byte[32];
        for (int i = 0; i < y.length; i++) {
            y[i] = encoded[encoded.length - 1 - i];
        }
        boolean odd = y[0] < 0;
        y[0] &= 0x7f;
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519,
                    new EdECPoint(odd, new BigInteger(1, y))));
        } catch (GeneralSecurityException e) {
            throw new PemException("no key of Ed25519", e);
        }
    }
}
