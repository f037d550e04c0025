package dev.tinysse.broker;

import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import java.util.List;

/** The outcome of a {@link PublishRequest}. */
public sealed interface PublishOutcome {
    /**
     * It was carried out, now or before with the same key.
     *
     * @param results one for each publication, in order
     */
    record Done(List<PublishResult> results) implements PublishOutcome {}

    /** The key has been used with other content; nothing was published. */
    record KeyReused() implements PublishOutcome {}

    /** The log has no room for it; nothing was published. */
    record HistoryFull() implements PublishOutcome {}

    /**
     * The log cannot take it, or does not say whether it did.
     *
     * @param kind which of the two, and why
     */
    record Unavailable(LogException.Kind kind) implements PublishOutcome {}

    /** The broker is draining and takes no more; nothing was published. */
    record Draining() implements PublishOutcome {}
}
