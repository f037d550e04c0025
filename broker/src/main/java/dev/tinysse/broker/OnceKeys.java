package dev.tinysse.broker;

import dev.tinysse.broker.PublishRequest.Once;
import dev.tinysse.broker.log.PublishKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Carries out a request with a key once: repetitions wait for the first and get its response. A request that has failed is forgotten,
 * and the next one with its key is carried out. Safe for any thread.
 */
final class OnceKeys {
    private static final long MAX_AGE = Duration.ofMinutes(PublishKey.MINUTES).toNanos();

    /** A request that is carried out, or has been; the response is empty if it failed. */
    private record Seen(String digest, long since, CompletableFuture<Optional<String>> response) {}

    private record Key(String channel, String key) {}

    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Seen> seen = new LinkedHashMap<>();

    OnceKeys(LongSupplier clock) {
        this.clock = clock;
    }

    /** Carries out a request, unless that has been done; waits while another thread does it. */
    PublishOutcome once(Once once, Supplier<PublishOutcome> request) {
        while (true) {
            Seen mine = new Seen(once.digest(), clock.getAsLong(), new CompletableFuture<>());
            Key key = new Key(once.channel(), once.key());
            Seen first = remember(key, mine);
            if (first == mine) {
                return carryOut(once, key, mine, request);
            }
            if (!first.digest().equals(once.digest())) {
                return new PublishOutcome.KeyReused();
            }
            Optional<String> response = first.response().join();
            if (response.isPresent()) {
                return new PublishOutcome.Repeated(response.get());
            }
        }
    }

    private PublishOutcome carryOut(Once once, Key key, Seen mine, Supplier<PublishOutcome> request) {
        Optional<String> response = Optional.empty();
        try {
            PublishOutcome outcome = request.get();
            response = switch (outcome) {
                case PublishOutcome.Done(var results) -> Optional.of(once.response().apply(results));
                case PublishOutcome.Repeated(String before) -> Optional.of(before);
                default -> Optional.empty();
            };
            return outcome;
        } finally {
            if (response.isEmpty()) {
                forget(key, mine);
            }
            mine.response().complete(response);
        }
    }

    private Seen remember(Key key, Seen mine) {
        lock.lock();
        try {
            var oldest = seen.values().iterator();
            while (oldest.hasNext()) {
                long age = mine.since() - oldest.next().since();
                if (age < MAX_AGE && seen.size() < PublishKey.MAX_KEYS) {
                    break;
                }
                oldest.remove();
            }
            Seen first = seen.putIfAbsent(key, mine);
            return first == null ? mine : first;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Key key, Seen mine) {
        lock.lock();
        try {
            seen.remove(key, mine);
        } finally {
            lock.unlock();
        }
    }
}
