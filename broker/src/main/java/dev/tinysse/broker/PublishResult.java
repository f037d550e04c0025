package dev.tinysse.broker;

import dev.tinysse.api.Refusal;
import dev.tinysse.broker.log.Receipt;
import java.util.Optional;

/** The outcome of a publication. */
public sealed interface PublishResult {
    /** It is in the ring. */
    record Accepted(Receipt receipt) implements PublishResult {}

    /**
     * The {@code publish} hook refuses it.
     *
     * @param refusal what the publisher is told
     */
    record Refused(Refusal refusal) implements PublishResult {}

    /** The broker is draining and takes no more. */
    record Draining() implements PublishResult {}

    /** From what the ring returns: no receipt if it is closed. */
    static PublishResult of(Optional<Receipt> receipt) {
        return receipt.<PublishResult>map(Accepted::new).orElseGet(Draining::new);
    }
}
