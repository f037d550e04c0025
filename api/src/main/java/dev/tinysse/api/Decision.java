package dev.tinysse.api;

import java.util.Objects;
import java.util.Optional;

/**
 * The decision of a hook about a publication or a subscription. Immutable.
 *
 * @param <T> {@link Publication} or {@link Subscription}
 */
public sealed interface Decision<T> {
    /**
     * It is accepted.
     *
     * @param value what later hooks are given, not null
     * @param <T> its type
     */
    record Accepted<T>(T value) implements Decision<T> {
        /** Checks that there is a value. */
        public Accepted {
            Objects.requireNonNull(value);
        }
    }

    /**
     * It is refused.
     *
     * @param refusal the response to the client, not null
     * @param <T> the type of what is refused
     */
    record Refused<T>(Refusal refusal) implements Decision<T> {
        /** Checks that there is a refusal. */
        public Refused {
            Objects.requireNonNull(refusal);
        }
    }

    /**
     * Accepts something.
     *
     * @param value what later hooks are given, not null
     * @param <T> its type
     * @return the decision
     */
    static <T> Decision<T> accept(T value) {
        return new Accepted<>(value);
    }

    /**
     * Refuses something.
     *
     * @param refusal the response to the client, not null
     * @param <T> the type of what is refused
     * @return the decision
     */
    static <T> Decision<T> refuse(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /**
     * The decision of a hook that does not say how it refuses.
     *
     * @param result what is accepted, or nothing to refuse it with {@link Refusal#DEFAULT}; not null
     * @param <T> its type
     * @return the decision
     */
    static <T> Decision<T> of(Optional<T> result) {
        return Objects.requireNonNull(result, "returned null").map(Decision::accept)
                .orElseGet(() -> refuse(Refusal.DEFAULT));
    }

    /** {@return what is accepted, if it is} */
    default Optional<T> accepted() {
        return this instanceof Accepted<T>(T value) ? Optional.of(value) : Optional.empty();
    }
}
