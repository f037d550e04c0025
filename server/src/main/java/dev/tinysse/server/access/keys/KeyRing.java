package dev.tinysse.server.access.keys;

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

    /** {@return the keys of all sources; another object whenever one has been replaced} */
    public KeySet current() {
        return current;
    }
}
