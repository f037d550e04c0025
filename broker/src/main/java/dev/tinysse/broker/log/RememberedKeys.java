package dev.tinysse.broker.log;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of requests that have been published, with what their publishers were told. For one thread at a time.
 *
 * <p>Remembers {@value PublishKey#MAX_KEYS} keys for {@value PublishKey#MINUTES} minutes, and less if they take more than
 * {@value #MAX_CHARS} characters together, since a response may be long. The oldest go.
 */
public final class RememberedKeys {
    /** How long all keys, digests and responses may be together. */
    public static final int MAX_CHARS = 32_000_000;
    private static final long MILLIS = Duration.ofMinutes(PublishKey.MINUTES).toMillis();

    private final Map<Name, Use> uses = new LinkedHashMap<>();
    private final InstantSource clock;
    private long chars;

    private record Name(String channel, String key) {}

    private record Use(String digest, String response, long millis) {}

    /**
     * No keys yet.
     *
     * @param clock tells when a key is too old
     */
    public RememberedKeys(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Tells whether a key has been used.
     *
     * @param key of a request
     * @return what its publisher is told, if it has; otherwise nothing, and the request is to be published
     */
    public Optional<Append.Outcome> find(PublishKey key) {
        removeOld();
        Use use = uses.get(new Name(key.channel(), key.key()));
        if (use == null) {
            return Optional.empty();
        }
        return Optional.of(use.digest.equals(key.digest())
                ? new Append.Outcome.Repeated(use.response)
                : new Append.Outcome.KeyReused());
    }

    /**
     * Remembers a key.
     *
     * @param channel of the request
     * @param key of the request
     * @param digest of its content
     * @param response what its publisher is told
     * @param millis when it was published, no earlier than those before
     */
    public void remember(String channel, String key, String digest, String response, long millis) {
        Name name = new Name(channel, key);
        Use use = new Use(digest, response, millis);
        Use before = uses.remove(name);
        chars += length(name, use) - (before == null ? 0 : length(name, before));
        uses.put(name, use);
        removeOld();
    }

    private void removeOld() {
        long oldest = clock.millis() - MILLIS;
        Iterator<Map.Entry<Name, Use>> eldest = uses.entrySet().iterator();
        while (eldest.hasNext()) {
            Map.Entry<Name, Use> entry = eldest.next();
            if (entry.getValue().millis > oldest && uses.size() <= PublishKey.MAX_KEYS && chars <= MAX_CHARS) {
                return;
            }
            chars -= length(entry.getKey(), entry.getValue());
            eldest.remove();
        }
    }

    private static long length(Name name, Use use) {
        return (long) name.channel.length() + name.key.length() + use.digest.length() + use.response.length();
    }
}
