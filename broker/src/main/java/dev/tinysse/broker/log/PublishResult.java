package dev.tinysse.broker.log;

import dev.tinysse.api.Refusal;

/** The outcome of one publication of a request that was carried out. */
public sealed interface PublishResult {
    /**
     * It is published.
     *
     * @param receipt the publisher's response
     */
    record Accepted(Receipt receipt) implements PublishResult {}

    /**
     * The hook has left no field of its message, so nothing is published.
     *
     * @param receipt the counts for the response; without an id
     */
    record Empty(Receipt receipt) implements PublishResult {}

    /**
     * The {@code publish} hook refuses it.
     *
     * @param refusal the publisher's response
     */
    record Refused(Refusal refusal) implements PublishResult {}
}
