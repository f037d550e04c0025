package dev.tinysse.access.keys;

import dev.tinysse.server.pem.PemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** All keys that are valid now, from files and from a key set that is fetched. Any thread may ask; any thread may replace some. */
public final class KeyRing {
    private final Predicate<VerificationKey> allowed;
    private final Map<String, List<VerificationKey>> bySource = new LinkedHashMap<>();
    private volatile KeySet current = new KeySet(List.of());

    /**
     * A ring without keys.
     *
     * @param allowed those that are taken; others are left out
     */
    public KeyRing(Predicate<VerificationKey> allowed) {
        this.allowed = allowed;
    }

    /**
     * Replaces the keys from one source.
     *
     * @param source the name of the file, or the address
     * @param keys all of its keys
     */
    public synchronized void replace(String source, List<VerificationKey> keys) {
        bySource.put(source, keys);
        current = new KeySet(bySource.values().stream().flatMap(List::stream).filter(allowed).toList());
    }

    /**
     * Replaces the keys from a file. A file that has had public keys does not become a secret while others may know what is in it: the
     * page of an error for example, that was fetched in place of the keys.
     *
     * @param file its name
     * @param keys all of its keys
     * @throws PemException if they would be a secret in place of public keys
     */
    public synchronized void replaceOfFile(String file, List<VerificationKey> keys) throws PemException {
        List<VerificationKey> before = bySource.getOrDefault(file, List.of());
        if (!before.isEmpty() && before.stream().noneMatch(VerificationKey::isSecret)
                && keys.stream().anyMatch(VerificationKey::isSecret)) {
            throw new PemException("it had public keys, and its new content could only be a secret; restart the "
                    + "server if it is one");
        }
        replace(file, keys);
    }

    /** {@return the keys of all sources; another object whenever one has been replaced} */
    public KeySet current() {
        return current;
    }
}
