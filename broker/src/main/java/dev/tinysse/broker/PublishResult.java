package dev.tinysse.broker;

import dev.tinysse.api.Refusal;
import dev.tinysse.broker.log.Receipt;

/** The outcome of one publication of a request that was carried out. */
public sealed interface PublishResult {
    /**
     * It is published.
     *
     * @param receipt what the publisher is told
     */
    record Accepted(Receipt receipt) implements PublishResult {}

    /**
     * The {@code publish} hook refuses it.
     *
     * @param refusal what the publisher is told
     */
    record Refused(Refusal refusal) implements PublishResult {}
}
