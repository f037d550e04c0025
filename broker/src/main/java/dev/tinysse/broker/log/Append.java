package dev.tinysse.broker.log;

import dev.tinysse.api.Publication;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The publications of one request on their way into the log, and the outcome. Made and awaited by the publisher, completed by the
 * log, on any thread.
 */
public final class Append {
    private final List<Item> items;
    private final Optional<PublishKey> key;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /**
     * One publication.
     *
     * @param publication to append; its message is not empty
     * @param attributes what of its attributes is to be kept
     */
    public record Item(Publication publication, Optional<String> attributes) {}

    /** What became of an append. An append that fails completes with a {@link LogException} instead. */
    public sealed interface Outcome {
        /**
         * It is committed.
         *
         * @param receipts one for each publication, in order
         */
        record Committed(List<Receipt> receipts) implements Outcome {}

        /**
         * It has been committed before, with the same key; nothing was appended.
         *
         * @param response what its publisher was told then
         */
        record Repeated(String response) implements Outcome {}

        /** The key has been used with other content; nothing was appended. */
        record KeyReused() implements Outcome {}
    }

    /**
     * Something to append.
     *
     * @param items at least one
     * @param key to append it only once
     */
    public Append(List<Item> items, Optional<PublishKey> key) {
        this.items = List.copyOf(items);
        this.key = Objects.requireNonNull(key);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("there must be something to append");
        }
    }

    /** {@return the publications} */
    public List<Item> items() {
        return items;
    }

    /** {@return the key, if there is one} */
    public Optional<PublishKey> key() {
        return key;
    }

    /** {@return what became of it; completed exceptionally with a {@link LogException} if it is not in the log, or that is unknown} */
    public CompletableFuture<Outcome> outcome() {
        return outcome;
    }
}
