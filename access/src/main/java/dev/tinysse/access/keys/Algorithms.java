package dev.tinysse.access.keys;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The algorithms of signatures that are known here (RFC 7518, RFC 8037, RFC 9864). */
public final class Algorithms {
    /** Those with a secret that both sides know. */
    static final List<JWSAlgorithm> HMAC = List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);
    static final List<JWSAlgorithm> RSA = List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
            JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512);
    /** Two names of one algorithm. */
    static final Set<JWSAlgorithm> ED25519 = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private static final Set<JWSAlgorithm> PUBLIC = Stream.of(RSA, ED25519,
            List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512)).flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet());

    private Algorithms() {}

    /** {@return those with a public key, unmodifiable} */
    public static Set<JWSAlgorithm> ofPublicKeys() {
        return PUBLIC;
    }
}
