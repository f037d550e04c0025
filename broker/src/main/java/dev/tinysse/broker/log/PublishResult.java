package dev.tinysse.broker.log;

import dev.tinysse.api.Refusal;
import java.util.Optional;

/** The outcome of one publication of a request that was carried out. */
public sealed interface PublishResult {
    /**
     * It is published.
     *
     * @param queued messages of the channel that are not yet delivered to every stream, the new one included; 0 without streams
     * @param subscribers streams that the message was queued for
     * @param id of the message, if the log has a history; empty otherwise
     */
    record Accepted(int queued, int subscribers, Optional<String> id) implements PublishResult {
        /** {@return the same with so many more subscribers} */
        public Accepted plusSubscribers(int more) {
            return more == 0 ? this : new Accepted(queued, subscribers + more, id);
        }
    }

    /**
     * The hook has left no field of its message, so nothing is published.
     *
     * @param queued messages of the channel that are not yet delivered to every stream
     */
    record Empty(int queued) implements PublishResult {}

    /**
     * The {@code publish} hook rejects it.
     *
     * @param refusal the response to the publisher
     */
    record Rejected(Refusal refusal) implements PublishResult {}
}
