package dev.tinysse.access.keys;

import dev.tinysse.server.pem.PemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * A key set that is fetched, cached, and fetched again from time to time, and when a token names a key that is not in it. Safe for any
 * thread; at most one fetch is under way, and requests that need its result wait for it. A failed fetch leaves the keys as they are.
 */
public final class RemoteKeys {
    private static final Logger LOG = System.getLogger("tinysse");
    /** For a whole fetch. */
    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** Between two fetches because of keys that are not known. */
    static final Duration PAUSE = Duration.ofSeconds(30);
    /** After which keys that were withdrawn are no longer valid. */
    static final Duration MAX_AGE = Duration.ofMinutes(5);
    /** Between two tries as long as none has succeeded. */
    static final Duration RETRY = Duration.ofSeconds(5);

    private final String address;
    private final KeySource source;
    private final KeyRing ring;
    private final LongSupplier clock;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    /** When it is due next, whatever tokens say. */
    private long due;
    private boolean asked;
    private long lastAsked;
    private boolean failing;
    private boolean fetched;

    /**
     * The key set at an address, which has not been fetched.
     *
     * @param address whose keys go into the ring
     * @param ring takes the keys
     */
    public RemoteKeys(URI address, KeyRing ring) {
        this(shown(address), new KeySetFetch(address, LIMIT), ring, System::nanoTime);
    }

    RemoteKeys(String address, KeySource source, KeyRing ring, LongSupplier clock) {
        this.address = address;
        this.source = source;
        this.ring = ring;
        this.clock = clock;
        this.due = clock.getAsLong();
    }

    /** Without its query, which may be secret. */
    private static String shown(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
    }

    /** Begins a fetch if one is due. */
    public synchronized void fetchIfDue() {
        if (running.isDone() && clock.getAsLong() - due >= 0) {
            begin();
        }
    }

    /**
     * Waits for a fetch, since a token names a key that is not known: for one that is under way, else for a new one, unless there
     * was one for that reason within the last 30 s.
     *
     * @return whether there was one to wait for
     */
    public boolean awaitUnknownKey() {
        CompletableFuture<Void> fetch;
        synchronized (this) {
            if (running.isDone()) {
                if (asked && clock.getAsLong() - lastAsked < PAUSE.toNanos()) {
                    return false;
                }
                asked = true;
                lastAsked = clock.getAsLong();
                begin();
            }
            fetch = running;
        }
        fetch.join();
        return true;
    }

    private void begin() {
        CompletableFuture<Void> fetch = new CompletableFuture<>();
        running = fetch;
        Thread.ofVirtual().name("tinysse-jwks").start(() -> {
            try {
                fetch();
            } finally {
                fetch.complete(null);
            }
        });
    }

    private void fetch() {
        try {
            List<VerificationKey> keys = source.read();
            ring.replace(address, keys);
            succeeded(keys.size());
        } catch (PemException | RuntimeException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            failed("interrupted");
        }
    }

    private synchronized void succeeded(int keys) {
        if (!fetched || failing) {
            LOG.log(Level.INFO, "Fetched the key set: keys=%d url=%s".formatted(keys, address));
        }
        if (keys == 0) {
            LOG.log(Level.WARNING, "there is no public key for signatures in the key set: url=" + address);
        }
        fetched = true;
        failing = false;
        due = clock.getAsLong() + MAX_AGE.toNanos();
    }

    private synchronized void failed(String reason) {
        LOG.log(failing ? Level.DEBUG : Level.WARNING, "key set not fetched%s: url=%s: %s".formatted(
                fetched ? ", the previous keys remain in use" : ", tokens of its keys are rejected until then", address,
                reason));
        failing = true;
        due = clock.getAsLong() + (fetched ? PAUSE : RETRY).toNanos();
    }
}
