package dev.tinysse.broker.log;

import dev.tinysse.api.Publication;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The publications of one request on their way into the log, and the outcome. Made and awaited by the publisher, completed by the
 * log, on any thread.
 */
public final class Append {
    private final List<Item> items;
    private final Optional<PublishKey> key;
    private final List<PublishResult> results;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /**
     * One publication.
     *
     * @param publication to append; its message is not empty
     * @param attributes its attributes to store
     */
    public record Item(Publication publication, Optional<String> attributes) {}

    /** The result of an append. An append that fails completes with a {@link LogException} instead. */
    public sealed interface Outcome {
        /**
         * It is committed.
         *
         * @param accepted one for each publication, in order
         */
        record Committed(List<PublishResult.Accepted> accepted) implements Outcome {}

        /**
         * It has been committed before, with the same key; nothing was appended.
         *
         * @param results that were stored then
         */
        record Repeated(List<PublishResult> results) implements Outcome {}

        /** The key has been used with other content; nothing was appended. */
        record KeyReused() implements Outcome {}
    }

    /**
     * Something to append.
     *
     * @param items at least one
     */
    public Append(List<Item> items) {
        this(items, Optional.empty(), List.of());
        if (items.isEmpty()) {
            throw new IllegalArgumentException("there must be something to append");
        }
    }

    /**
     * Something to append once, with the response that the log stores in the same step.
     *
     * @param items none, if only the response is to be stored
     * @param key by which it is appended once
     * @param results of all publications of the request; those that are accepted are the items, in order, as yet without ids
     */
    public Append(List<Item> items, PublishKey key, List<PublishResult> results) {
        this(items, Optional.of(key), results);
    }

    private Append(List<Item> items, Optional<PublishKey> key, List<PublishResult> results) {
        this.items = List.copyOf(items);
        this.key = key;
        this.results = List.copyOf(results);
    }

    /** {@return the publications} */
    public List<Item> items() {
        return items;
    }

    /** {@return the key, if there is one} */
    public Optional<PublishKey> key() {
        return key;
    }

    /**
     * The results for a repetition.
     *
     * @param ids of the items, in order; none if the log gives messages no ids
     * @return the results of all publications of the request, with these ids
     */
    public List<PublishResult> results(List<String> ids) {
        if (ids.isEmpty()) {
            return results;
        }
        Iterator<String> next = ids.iterator();
        List<PublishResult> complete = new ArrayList<>(results.size());
        for (PublishResult result : results) {
            complete.add(result instanceof PublishResult.Accepted(int queued, int subscribers, _)
                    ? new PublishResult.Accepted(queued, subscribers, Optional.of(next.next()))
                    : result);
        }
        return complete;
    }

    /** {@return what became of it; completed exceptionally with a {@link LogException} if it is not in the log, or that is unknown} */
    public CompletableFuture<Outcome> outcome() {
        return outcome;
    }
}
