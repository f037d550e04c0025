package dev.tinysse.access.keys;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys that are valid at the same time. Immutable. */
public final class KeySet {
    private final List<VerificationKey> keys;
    private final Set<JWSAlgorithm> algorithms;

    /**
     * These keys.
     *
     * @param keys in the order in which they are tried; they are copied
     */
    KeySet(List<VerificationKey> keys) {
        this.keys = List.copyOf(keys);
        this.algorithms = keys.stream().flatMap(key -> key.algorithms().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return the keys, unmodifiable} */
    public List<VerificationKey> keys() {
        return keys;
    }

    /** {@return the algorithms of all of them, unmodifiable} */
    public Set<JWSAlgorithm> algorithms() {
        return algorithms;
    }

    /**
     * The keys that may have signed a token.
     *
     * @param algorithm of the token
     * @param id of the key, if the token names one
     * @return those keys, unmodifiable
     */
    public List<VerificationKey> find(JWSAlgorithm algorithm, Optional<String> id) {
        return keys.stream().filter(key -> key.algorithms().contains(algorithm) && key.hasId(id)).toList();
    }
}
