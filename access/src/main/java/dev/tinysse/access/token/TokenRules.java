package dev.tinysse.access.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The requirements for tokens.
 *
 * @param algorithms that are taken; empty for those of the keys
 * @param issuer that they must have
 * @param audience that they must have, alone or among others
 * @param claim with the rights
 * @param leeway permitted clock skew
 */
public record TokenRules(Optional<Set<JWSAlgorithm>> algorithms, Optional<String> issuer, Optional<String> audience,
        String claim, Duration leeway) {}
